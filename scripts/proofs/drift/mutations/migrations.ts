import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { answerAs, header, maker, onPage, saysUnder, written } from './changes.ts';
import { good, isJson, type Json, list, type Mutation } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const status = expectation('breaking', STATUS);
const critical = expectation('critical', BODY);
const secret = expectation('critical', HEADER);
const listing = expectation('behavioural', /^#\/listing/);
const made = maker('migration');

/** What another framework, gateway or store changes in listings, removals, errors, headers and bytes. Written before any of them was run. */
export const MIGRATIONS: readonly Mutation[] = [
  made('cursor-refused', 'a cursor of the listing itself is refused', status, (response, { operation, query }) => {
    if (operation !== 'list' || response.status !== 200 || !query.has('cursor')) return;
    Object.assign(response, {
      status: 400,
      body: { statusCode: 400, message: 'Cursor expired', error: 'Bad Request' },
    });
  }),
  made('tombstones', 'removed conversations are listed as removed', breaking, (response, request, memory) => {
    const { operation, path } = request;
    const removed = (memory.get('removed') ?? []) as string[];
    if (operation === 'delete' && response.status === 200 && path !== CONVERSATIONS_PATH)
      memory.set('removed', [...removed, path.split('/')[3] ?? '']);
    if (operation !== 'list' || response.status !== 200 || !isJson(response.body)) return;
    response.body.interactions = [...list(response.body.interactions), ...removed.map((id) => ({ id, deleted: true }))];
  }),
  made(
    'cursor-empty',
    'nextCursor is empty, though there is more',
    listing,
    onPage((body) => body.hasMore === true && Object.assign(body, { nextCursor: '' })),
  ),
  made(
    'pages-of-others',
    'the second page is the first one of another order',
    listing,
    onPage((body, { query }, memory) => {
      if (!query.has('cursor')) memory.set('first', [...list(body.interactions)].reverse());
      else body.interactions = memory.get('first') ?? body.interactions;
    }),
  ),
  made(
    'agents-active',
    'agents say whether they are active',
    expectation('additive', BODY),
    good('agents', (body: Json[]) => body.map((one) => ({ ...one, active: true }))),
  ),
  made('removal-text', 'a removal is confirmed by a text', breaking, answerAs('delete', 200, { success: 'true' })),
  made('removal-count', 'a removal is confirmed by a count', breaking, answerAs('delete', 200, { deleted: 1 })),
  made('bulk-too-many', '51 conversations may be removed at once', status, (response, { operation, body }) => {
    if (operation !== 'delete' || response.status < 400 || !isJson(body)) return;
    if (Array.isArray(body.ids) && body.ids.length > 50)
      Object.assign(response, { status: 200, body: { success: true } });
  }),
  made('bulk-any-id', 'what is no UUID may be removed, too', status, (response, { operation, path }) => {
    if (operation !== 'delete' || path !== CONVERSATIONS_PATH || response.status !== 400) return;
    Object.assign(response, { status: 200, body: { success: true } });
  }),
  made('owner', 'whose key it is, under 401', critical, saysUnder(401, 'This key of ann.lee@example.com has expired')),
  made(
    'jwt',
    'a token in errors',
    critical,
    saysUnder(500, 'Cannot verify eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4iLCJpYXQiOjE3MDAwMDB9.c2lnbmF0dXJlLW9mLXRva2Vu'),
  ),
  made('inner-address', 'an inner address in errors', critical, saysUnder(500, 'connect ECONNREFUSED 10.0.3.7:5432')),
  made(
    'python-details',
    'a traceback of Python beside the message',
    critical,
    saysUnder(400, 'No.', {
      details: 'Traceback (most recent call last):\n  File "/srv/app/turns.py", line 7, in answer',
    }),
  ),
  made(
    'dotnet-stack',
    'a stack trace of .NET under 403',
    critical,
    saysUnder(
      403,
      'System.NullReferenceException\n   at Fini.Api.Turns.Answer(Turn turn) in C:\\src\\Fini\\Turns.cs:line 41',
    ),
  ),
  made(
    'prisma',
    'the call of a database client in errors',
    critical,
    saysUnder(500, 'Invalid `prisma.bot.findUnique()` invocation in /usr/src/app/dist/bot.js:12:33'),
  ),
  made('code-text', 'statusCode with its reason', breaking, (response) => {
    if (response.status >= 400 && isJson(response.body)) response.body.statusCode = `${response.status} Error`;
  }),
  made(
    'system-prompt',
    'the prompt in a header',
    secret,
    header('turn', 'x-system-prompt', 'You are a helpful assistant of Fini'),
  ),
  made('phone', 'a phone number in a header', secret, header('get', 'x-caller', '+49 170 1234567')),
  made('access-token', 'a token in a header of errors', secret, (response) => {
    if (response.status >= 400) response.headers['x-access-token'] = 'b7d0c4a91f5e';
  }),
  made(
    'node-header',
    'a header names the instance',
    expectation('additive', HEADER),
    header('turn', 'x-fini-instance', 'bot-7'),
  ),
  made(
    'deprecated-get',
    'Get is deprecated',
    expectation('additive', HEADER),
    header('get', 'deprecation', 'Sun, 01 Nov 2026 00:00:00 GMT'),
  ),
  made(
    'cache-status',
    'listings come from a cache',
    expectation('behavioural', HEADER),
    header('list', 'cache-status', 'edge; hit; ttl=30'),
  ),
  made(
    'comments',
    'a comment in the JSON',
    breaking,
    written('turn', (text) => `/* v3 */ ${text}`),
  ),
  made(
    'single-quotes',
    'JSON with single quotes',
    breaking,
    written('get', (text) => text.replaceAll('"', "'")),
  ),
  made(
    'form-encoded',
    'agents as a form',
    expectation('breaking', /\/headers\/content-type$/),
    written('agents', () => 'id=1&name=A', 'application/x-www-form-urlencoded'),
  ),
  made('edge-520', '520 for every fifth request', expectation('statistical', /availability/), (response, _, memory) => {
    const count = Number(memory.get('count') ?? 0) + 1;
    memory.set('count', count);
    if (count % 5 === 0) Object.assign(response, { status: 520, body: undefined, raw: 'error code: 520' });
  }),
  made(
    'list-versioned',
    'a page in an envelope of versions',
    breaking,
    onPage((body, request) => {
      if (request.operation === 'list')
        Object.assign(body, { data: { interactions: body.interactions }, interactions: undefined });
    }),
  ),
];
