import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { answerAs, envelope, header, maker, written } from './changes.ts';
import { isJson, type Mutation, refused } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const status = expectation('breaking', STATUS);
const mediaType = expectation('breaking', /\/headers\/content-type$/);
const critical = expectation('critical', HEADER);
const made = maker('wire');
const swapped = (from: number, to: number) =>
  refused(from, (response) => Object.assign(response, { status: to, body: envelope(to) }));

/** Bytes, media types, headers, statuses and errors as another framework or gateway would send them. */
export const WIRES: readonly Mutation[] = [
  made('json-in-json', 'the answer to a turn as JSON in a JSON string', breaking, written('turn', JSON.stringify)),
  made(
    'turn-lines',
    'one event a line',
    breaking,
    written('turn', (text) => (JSON.parse(text) as unknown[]).map((one) => JSON.stringify(one)).join('\n')),
  ),
  made(
    'turn-bom',
    'a byte order mark before the events',
    breaking,
    written('turn', (text) => `\uFEFF${text}`),
  ),
  made(
    'trailing-comma',
    'a comma behind the last event',
    breaking,
    written('turn', (text) => text.replace(/\]$/, ',]')),
  ),
  made(
    'not-a-number',
    'NaN in the answer',
    breaking,
    written('turn', (text) => text.replace(/"csatRating":[^,]*/, '"csatRating":NaN')),
  ),
  made(
    'event-stream',
    'turns as server-sent events',
    mediaType,
    written('turn', (text) => `data: ${text}\n\n`, 'text/event-stream'),
  ),
  made(
    'utf-16',
    'turns in UTF-16',
    mediaType,
    written('turn', (text) => Buffer.from(text, 'utf16le'), 'application/json; charset=utf-16'),
  ),
  made(
    'latin-bytes',
    'Latin-1 under the media type of JSON',
    breaking,
    written('turn', (text) => Buffer.from(text, 'latin1')),
  ),
  made('text-json', 'turns as text/json', mediaType, header('turn', 'content-type', 'text/json')),
  made('type-lost', 'turns without a media type', mediaType, (response, { operation }) => {
    if (operation === 'turn') delete response.headers['content-type'];
  }),
  made('turn-201', '201 for a turn', status, (response, { operation }) => {
    if (operation === 'turn' && response.status === 200) response.status = 201;
  }),
  made('delete-201', '201 for a removal', status, answerAs('delete', 201, { success: true })),
  made('list-308', 'the listing has moved', status, (response, { operation }) => {
    if (operation !== 'list' || response.status !== 200) return;
    Object.assign(response, { status: 308, headers: { location: '/v3/conversations' }, body: undefined });
  }),
  made('turn-413', '413 for long texts', status, (response, { operation, body }) => {
    if (operation !== 'turn' || !isJson(body) || response.status !== 200) return;
    if (String(body.content).length > 1_000) Object.assign(response, { status: 413, body: envelope(413) });
  }),
  made('no-key-403', '403 without a key', status, swapped(401, 403)),
  made('invalid-500', '500 for what is not valid', status, swapped(400, 500)),
  made('scope-401', '401 for a key without the scope', status, swapped(403, 401)),
  made('error-nested', 'errors in {error: ...}', breaking, (response) => {
    if (response.status >= 400) response.body = { error: { code: 'bad', message: 'No.' } };
  }),
  made('error-null', 'error null', breaking, (response) => {
    if (response.status >= 400 && isJson(response.body)) response.body.error = null;
  }),
  made('error-code-renamed', 'statusCode is code', breaking, (response) => {
    if (response.status < 400 || !isJson(response.body)) return;
    const { statusCode, ...rest } = response.body;
    response.body = { code: statusCode, ...rest };
  }),
  made('error-xml', 'errors as XML', mediaType, (response) => {
    if (response.status < 400) return;
    response.headers['content-type'] = 'application/xml';
    response.raw = '<error><code>400</code></error>';
  }),
  made(
    'error-blank',
    'errors without a body',
    breaking,
    refused(500, (response) => {
      response.raw = '';
    }),
  ),
  made(
    'header-tokens',
    'a header counts tokens',
    expectation('additive', HEADER),
    header('turn', 'x-tokens-used', '42'),
  ),
  made(
    'header-secret',
    'a key of another service in a header',
    critical,
    header('turn', 'x-upstream-authorization', 'Bearer sk-live-8c1f0a7be2d94463'),
  ),
  made(
    'header-email',
    'the address of the customer in a header',
    critical,
    header('get', 'x-customer', 'ann@example.com'),
  ),
];
