import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { answerAs, envelope, header, maker, saysUnder, written } from './changes.ts';
import { isJson, type Json, type Mutation, refused } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const status = expectation('breaking', STATUS);
const critical = expectation('critical', BODY);
const made = maker('route');
const replaced =
  (code: number, location: string): Mutation['changeResponse'] =>
  (response) =>
    Object.assign(response, { status: code, headers: { location }, body: undefined });

/** Statuses, headers, bytes and errors behind another gateway or framework. Written before any of them was run. */
export const ROUTINGS: readonly Mutation[] = [
  made(
    'turn-vendor',
    'turns with a media type of the vendor',
    expectation('breaking', /\/headers\/content-type$/),
    header('turn', 'content-type', 'application/vnd.fini.v2+json'),
  ),
  made('turn-207', '207 for turns', status, (response, { operation }) => {
    if (operation === 'turn' && response.status === 200) response.status = 207;
  }),
  made('list-206', '206 for a page that is not the last', status, (response, { operation }) => {
    if (operation === 'list' && response.status === 200 && isJson(response.body) && response.body.hasMore === true)
      response.status = 206;
  }),
  made('get-301', 'conversations are at a path with a slash', status, (response, request, memory) => {
    if (request.operation === 'get' && response.status === 200)
      replaced(301, `${request.path}/`)?.(response, request, memory);
  }),
  made('no-key-302', 'without a key to the page of logins', status, (response, request, memory) => {
    if (response.status === 401 && request.authorization === '')
      replaced(302, 'https://app.example.com/login')?.(response, request, memory);
  }),
  made('invalid-415', '415 for turns that are not valid', status, (response, { operation }) => {
    if (operation === 'turn' && response.status === 400) Object.assign(response, { status: 415, body: envelope(415) });
  }),
  made('unknown-agent-empty', 'an unknown agent answers with no events', status, (response, { operation, body }) => {
    if (operation === 'turn' && response.status === 500 && isJson(body) && 'botId' in body)
      Object.assign(response, { status: 200, body: [] });
  }),
  made('window-ignored', 'a window that makes no sense is an empty page', status, (response, { operation, query }) => {
    if (operation !== 'list' || response.status !== 400 || !query.has('since')) return;
    Object.assign(response, {
      status: 200,
      body: { interactions: [], hasMore: false, nextCursor: null, prevCursor: null },
    });
  }),
  made(
    'powered-by',
    'a header names the framework',
    expectation('additive', HEADER),
    header('any', 'x-powered-by', 'Express'),
  ),
  made(
    'header-refresh-token',
    'a token to refresh in a header',
    expectation('critical', HEADER),
    header('agents', 'x-refresh-token', 'rt_9f8e7d6c5b4a39281706f5e4d3c2b1a0'),
  ),
  made(
    'header-user-mail',
    'a header names who called',
    expectation('critical', HEADER),
    header('list', 'x-authenticated-user', 'ann.lee@example.com'),
  ),
  made('retryable', 'errors say whether to try again', expectation('additive', BODY), (response) => {
    if (response.status >= 400 && isJson(response.body)) response.body.retryable = false;
  }),
  made(
    'message-list',
    'message is a list of texts',
    expectation('behavioural', BODY),
    refused(
      400,
      (response) => void (isJson(response.body) && Object.assign(response.body, { message: [response.body.message] })),
    ),
  ),
  made('errors-array', 'errors in a list', breaking, (response) => {
    if (response.status >= 400) response.body = [response.body];
  }),
  made('error-object', 'error as an object', breaking, (response) => {
    if (response.status >= 400 && isJson(response.body)) response.body.error = { code: 'bad_request', type: 'invalid' };
  }),
  made(
    'error-missing',
    'errors without error',
    breaking,
    refused(403, (response) => void (isJson(response.body) && delete response.body.error)),
  ),
  made(
    'php',
    'a stack trace of PHP under 500',
    critical,
    saysUnder(500, '#0 /var/www/html/src/Bot.php(41): Bot->load()\n#1 {main}'),
  ),
  made(
    'ruby',
    'a stack trace of Ruby under 400',
    critical,
    saysUnder(400, "app/models/turn.rb:12:in `validate!': content is missing (ArgumentError)"),
  ),
  made(
    'environment',
    'the environment in errors',
    critical,
    saysUnder(500, 'Config invalid: DATABASE_URL=postgres://fini:hunter2@db:5432/fini'),
  ),
  made(
    'redis',
    'the address of a store with its password in errors',
    critical,
    saysUnder(500, 'Error connecting to redis://:s3cr3t-pass@cache:6379/0'),
  ),
  made(
    'mongo',
    'an error of the database under 500',
    critical,
    saysUnder(500, 'E11000 duplicate key error collection: fini.interactions index: _id_ dup key: { _id: "a1" }'),
  ),
  made(
    'cloud-key',
    'a key of a cloud in errors',
    critical,
    saysUnder(401, 'SignatureDoesNotMatch for AKIAIOSFODNN7EXAMPLE'),
  ),
  made(
    'model-error',
    'the error of the model in errors',
    critical,
    saysUnder(
      500,
      'Incorrect API key provided: sk-proj-abcd1234efgh5678ijkl9012. You can find your API key at the provider.',
    ),
  ),
  made(
    'turn-nan',
    'NaN in place of null',
    breaking,
    written('turn', (text) => text.replaceAll('"csatRating":null', '"csatRating":NaN')),
  ),
  made(
    'turn-commas',
    'a comma behind the last event',
    breaking,
    written('turn', (text) => text.replace(/\]$/, ',]')),
  ),
  made(
    'get-raw-lines',
    'ends of lines in texts are not escaped',
    breaking,
    written('get', (text) => text.replaceAll('\\n', '\n').replace('"message":"', '"message":"\n')),
  ),
  made('agents-null', 'null in place of agents', breaking, answerAs('agents', 200, null)),
  made('list-token', 'listed conversations with a token of their session', critical, (response, { operation }) => {
    if (operation !== 'list' || response.status !== 200 || !isJson(response.body)) return;
    for (const one of response.body.interactions as Json[]) one.sessionToken = 'c29tZS1zZXNzaW9uLXRva2Vu';
  }),
  made('get-phone', 'Get shows the phone number of the customer', critical, (response, { operation }) => {
    if (operation === 'get' && response.status === 200 && isJson(response.body))
      response.body.customerPhone = '+49 170 1234567';
  }),
  made(
    'list-504',
    '504 for every third listing',
    expectation('statistical', /availability|status/),
    (response, { operation }, memory) => {
      if (operation !== 'list') return;
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      if (count % 3 === 0) Object.assign(response, { status: 504, body: undefined, raw: 'upstream timed out' });
    },
  ),
];
