import { gzipSync } from 'node:zlib';
import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { type Change, header, maker, saysUnder, written } from './changes.ts';
import { isJson, type Json, type Mutation, type ProxyRequest, refused } from './mutation.ts';

const critical = expectation('critical', BODY);
const breaking = expectation('breaking', BODY);
const unreadable = expectation('breaking', /\/body$|\/headers\/content-(type|encoding)$/);
const refusal = expectation('breaking', STATUS);
const made = maker('facade');

const EVERY_FOURTH = 4;
const INVALID = { statusCode: 403, message: 'Forbidden resource', error: 'Forbidden' };
const CONFLICT = { statusCode: 409, message: 'This request was sent before', error: 'Conflict' };
const UNAVAILABLE = { statusCode: 503, message: 'Service Unavailable', error: 'Service Unavailable' };
const ORM =
  '\nInvalid `this.prisma.interaction.findUniqueOrThrow()` invocation in\n/usr/src/app/dist/interactions/interactions.service.js:88:52\n\nNo Interaction found';
const STORE =
  'MaxRetriesPerRequestError: connect ECONNREFUSED redis://default:b7Qm2xW9tZ@redis-master.fini-prod.svc.cluster.local:6379';

/** What stands between clients and the service was changed: a gateway, an error handler, a guard. Written before any was run. */
export const FACADES: readonly Mutation[] = [
  made(
    'get-twice',
    'a gateway that tries again sends the answers to both tries',
    unreadable,
    written('get', (text) => text + text),
  ),
  made(
    'list-guarded',
    'listings begin with a guard against inclusion as a script',
    unreadable,
    written('list', (text) => `)]}',\n${text}`),
  ),
  made(
    'agents-vendor',
    'agents have a media type of the vendor',
    expectation('breaking', /\/headers\/content-type$/),
    header('agents', 'content-type', 'application/vnd.fini.agents.v2; charset=utf-8'),
  ),
  made(
    'list-zipped',
    'listings are compressed, and no header says so',
    unreadable,
    written('list', (text) => gzipSync(text)),
  ),
  made(
    'turns-utf16',
    'turns are answered in UTF-16',
    unreadable,
    written('turn', (text) => Buffer.from(text, 'utf16le'), 'application/json; charset=utf-16le'),
  ),
  made('notes-queued', 'events of other roles are queued: 202 without them', refusal, (response, request) => {
    if (response.status === 200 && isNote(request)) Object.assign(response, { status: 202, body: { queued: true } });
  }),
  made('turns-moved', 'turns are sent on to the next version by 308', refusal, (response, { operation }) => {
    if (operation !== 'turn' || response.status !== 200) return;
    Object.assign(response, { status: 308, body: undefined });
    response.headers.location = '/v3/conversations/events';
  }),
  made('sent-before', 'a turn that equals an earlier one is a conflict', refusal, sentBefore),
  made(
    'key-403',
    'a key that is not valid is refused as one without rights',
    refusal,
    refused(401, (response) => {
      const { message } = response.body as Json;
      if (message === 'Invalid API key') Object.assign(response, { status: 403, body: INVALID });
    }),
  ),
  made(
    'fields',
    'the message of a 400 names what is wrong by field',
    expectation('breaking', /\/message$/),
    saysUnder(400, { content: ['must be a string'], botId: [] }),
  ),
  made('orm', 'the message of a 500 is that of the mapper to the database', critical, saysUnder(500, ORM)),
  made('store', 'the message of a 500 names the store with its password', critical, saysUnder(500, STORE)),
  made(
    'context',
    'a 400 has the headers that were sent, as Base64',
    critical,
    refused(400, ({ body }, { authorization }) => {
      const context = Buffer.from(JSON.stringify({ headers: { authorization } })).toString('base64');
      if (isJson(body)) Object.assign(body, { context });
    }),
  ),
  made(
    'user-header',
    'a header says who owns the key',
    expectation('critical', HEADER),
    header('any', 'x-authenticated-user', 'jane.miller@acme.example'),
  ),
  made(
    'removal-scope',
    'removals ask for no scope',
    expectation('critical', STATUS),
    refused(403, (response, { operation, method }) => {
      if (operation === 'delete' && method === 'DELETE')
        Object.assign(response, { status: 200, body: { success: true } });
    }),
  ),
  made(
    'list-edge',
    'listings come from a cache at the edge',
    expectation('behavioural', /\/headers\/cf-cache-status$/),
    header('list', 'cf-cache-status', 'HIT'),
  ),
  made('limits', 'headers say how many turns are left', expectation('additive', HEADER), (response, request) => {
    if (request.operation !== 'turn') return;
    Object.assign(response.headers, { 'ratelimit-policy': '"turns";q=600;w=60', ratelimit: '"turns";r=599;t=60' });
  }),
  made(
    'list-503',
    'each fourth listing is not available',
    expectation('statistical', /availability/),
    (response, { operation }, memory) => {
      if (operation !== 'list' || response.status !== 200) return;
      const count = Number(memory.get('listings') ?? 0) + 1;
      memory.set('listings', count);
      if (count % EVERY_FOURTH === 0) Object.assign(response, { status: 503, body: UNAVAILABLE });
    },
  ),
  made(
    'error-null',
    'a 401 names no error',
    expectation('breaking', /\/error$/),
    refused(401, ({ body }) => void (isJson(body) && Object.assign(body, { error: null }))),
  ),
  made('status-text', 'the status in errors is a text', breaking, (response) => {
    const { body } = response;
    if (response.status >= 400 && isJson(body)) Object.assign(body, { statusCode: String(body.statusCode) });
  }),
];

function isNote({ operation, body }: ProxyRequest): boolean {
  const { role = 'user' } = isJson(body) ? body : {};
  return operation === 'turn' && role !== 'user';
}

function sentBefore(...[response, request, memory]: Parameters<Change>): void {
  if (request.operation !== 'turn' || response.status !== 200) return;
  const sent = `${request.authorization} ${JSON.stringify(request.body)}`;
  if (memory.has(sent)) Object.assign(response, { status: 409, body: CONFLICT });
  memory.set(sent, true);
}
