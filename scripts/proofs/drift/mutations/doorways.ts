import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { asked, type Change, header, maker, onPage, saysUnder } from './changes.ts';
import { isJson, type Json, type Mutation, refused } from './mutation.ts';

const critical = expectation('critical', BODY);
const refusal = expectation('breaking', STATUS);
const otherStatus = expectation('behavioural', STATUS);
const media = expectation('breaking', /\/headers\/content-type$/);
const additiveAt = (name: string) => expectation('additive', new RegExp(`/${name}$`));
const made = maker('doorway');

const KNOWN = ['content', 'role', 'interactionId', 'botId', 'metadata'];
const MOST_CHARS = 500;
const MOST_REMOVED = 10;
const EVERY_THIRD = 3;
const DEBUG_PAGE =
  '<!DOCTYPE html><html><head><title>OperationalError at /v2/hc-interactions</title></head><body><pre>Traceback (most recent call last):\n  File "/srv/app/.venv/lib/python3.12/site-packages/django/core/handlers/base.py", line 197, in _get_response\n    response = wrapped_callback(request)\n</pre><table><tr><td>DB_PASSWORD</td><td>pq7-Vx2!mK9s</td></tr></table></body></html>';
const STACK = [
  'Error: relation missing',
  '    at InteractionsService.load (/usr/src/app/dist/interactions/interactions.service.js:61:15)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
];

/** A turn that the service refuses from now on: without its content it is a 400. */
const refusedTurns = (id: string, title: string, isRefused: (body: Json) => boolean, expected = refusal): Mutation =>
  asked(
    made(id, title, expected, () => undefined),
    ({ operation, body }) =>
      operation === 'turn' && isJson(body) && typeof body.content === 'string' && isRefused(body)
        ? { body: { ...body, content: undefined } }
        : undefined,
  );

/** What lets requests in, and words refusals, was changed: validation, a gateway, an error handler. Written before any was run. */
export const DOORWAYS: readonly Mutation[] = [
  refusedTurns(
    'long-refused',
    'a turn of more than 500 characters is refused',
    ({ content }) => String(content).length > MOST_CHARS,
  ),
  refusedTurns(
    'metadata-strict',
    'metadata other than attributes is refused',
    ({ metadata }) => isJson(metadata) && Object.keys(metadata).some((name) => name !== 'user_attributes'),
  ),
  refusedTurns(
    'unknown-refused',
    'properties that nobody knows are refused',
    (body) => Object.keys(body).some((name) => !KNOWN.includes(name)),
    otherStatus,
  ),
  asked(
    made('times-as-text', 'since and until are refused as numbers', refusal, () => undefined),
    ({ operation, path, query }) =>
      operation === 'list' && (query.has('since') || query.has('until')) ? { path: `${path}?limit=0` } : undefined,
  ),
  asked(
    made('bulk-of-ten', 'at most ten conversations can be removed at once', refusal, () => undefined),
    ({ operation, body }) =>
      operation === 'delete' && isJson(body) && Array.isArray(body.ids) && body.ids.length > MOST_REMOVED
        ? { body: { ids: [] } }
        : undefined,
  ),
  made('options-page', 'OPTIONS is answered like a page of the site', otherStatus, (response, { method }) => {
    if (method === 'OPTIONS') Object.assign(response, { status: 200, body: {} });
  }),
  asked(
    made('list-moved', 'listings have moved to an address that ends with a slash', refusal, (response, request) => {
      if (request.method !== 'GET' || request.operation !== 'list') return;
      Object.assign(response, { status: 301, body: undefined });
      response.headers.location = `${request.path}/`;
    }),
    ({ path, query }) => (path.endsWith('/public/') ? { path: `${path.slice(0, -1)}?${query}` } : undefined),
  ),
  made('errors-untyped', 'errors have no media type', media, ({ status, headers }) => {
    if (status >= 400) delete headers['content-type'];
  }),
  made(
    'type-twice',
    'Get names its media type twice',
    media,
    header('get', 'content-type', 'application/json, application/json'),
  ),
  made(
    'gateway-401',
    'a gateway refuses keys that are not valid in its own words',
    expectation('breaking', BODY),
    refused(401, (response) => {
      response.body = { message: 'Unauthorized' };
    }),
  ),
  made(
    'debug-page',
    'a 500 is the page that developers see',
    critical,
    refused(500, (response) => {
      response.raw = DEBUG_PAGE;
      response.headers['content-type'] = 'text/html; charset=utf-8';
    }),
  ),
  made(
    'extensions',
    'a 500 has its trace among extensions',
    critical,
    saysUnder(500, 'Internal error', { extensions: { exception: { stacktrace: STACK } } }),
  ),
  made(
    'policy',
    'a 403 names whom to ask',
    critical,
    saysUnder(403, 'Denied by policy api/keys. Ask jonas.weber@usefini.com or +49 151 23456789 for access.'),
  ),
  made(
    'remapped',
    'a gateway remaps the header with the key',
    expectation('critical', HEADER),
    ({ headers }, { authorization }) => {
      if (authorization !== '') headers['x-amzn-remapped-authorization'] = authorization;
    },
  ),
  made(
    'model',
    'a header names the model',
    expectation('additive', HEADER),
    header('turn', 'x-model', 'answer-large-2026-11'),
  ),
  made(
    'total',
    'a page says how many conversations there are',
    additiveAt('total'),
    onPage((page) => Object.assign(page, { total: 57 })),
  ),
  made('request-id', 'errors have the id of their request', additiveAt('requestId'), ({ status, body }) => {
    if (status >= 400 && isJson(body)) Object.assign(body, { requestId: crypto.randomUUID() });
  }),
  made('get-502', 'each third Get is a bad gateway', expectation('statistical', /availability/), thirdFails),
];

function thirdFails(...[response, request, memory]: Parameters<Change>): void {
  if (request.operation !== 'get' || response.status !== 200) return;
  const count = Number(memory.get('reads') ?? 0) + 1;
  memory.set('reads', count);
  if (count % EVERY_THIRD !== 0) return;
  Object.assign(response, { status: 502, raw: '<html><body><h1>502 Bad Gateway</h1></body></html>' });
  response.headers['content-type'] = 'text/html';
}
