import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { GENERATE, turn } from './client.ts';
import { type DriftRow, eventAt, expectDrift, goOn, INCOMING, type Look, listing, REPLY, record } from './drifting.ts';
import { type StopName, stopAt, type Visit } from './tour.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));

const messageAt =
  (stop: StopName, pattern: RegExp): Look =>
  async (where) =>
    pattern.test(String(record(await stopAt(stop, where)).message));
const sentKey = (text: string, { server: { keys } }: Visit) => text.includes(`Bearer ${keys.readWrite}`);
const property =
  (name: string): Look =>
  async (where) =>
    eventAt(await stopAt('start', where), REPLY)[name];
const header =
  (name: string): Look =>
  async (where) =>
    (await stopAt('start', where)).headers[name];

const LEAKS: readonly DriftRow[] = [
  ['error-stack', messageAt('noContent', /\n {4}at \w+ \(\/srv\/.*:\d+:\d+\)/), false, true],
  ['error-sql', messageAt('revokedKey', /insert into "/), false, true],
  ['error-path', messageAt('unknownAgent', /\/srv\/app\/config/), false, true],
  ['error-secret', messageAt('noIds', /sk-live-\w{16}/), false, true],
  ['error-key', async (where) => sentKey((await stopAt('noContent', where)).text, where), false, true],
  // No key was sent that could be shown.
  ['error-key', messageAt('noKey', /^Missing Authorization header$/), true, true],
  ['header-key', async (where) => header('x-debug-authorization')(where), undefined, expectKey()],
  ['property-key', async (where) => sentKey((await stopAt('start', where)).text, where), false, true],
  [
    'name-key',
    async (where) => Object.keys(eventAt(await stopAt('start', where), REPLY)).some((name) => sentKey(name, where)),
    false,
    true,
  ],
  ['property-secret', property('apiKey'), undefined, 'sk-live-8c1f0a7be2d94463'],
  ['property-token', property('token'), undefined, 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl'],
  ['property-email', property('customerEmail'), undefined, 'grace.okafor@example.com'],
  ['property-phone', property('phone'), undefined, '+49 30 901820'],
];

function expectKey() {
  return { asymmetricMatch: (value: unknown) => value === `Bearer ${server.keys.readWrite}` };
}

/** How a turn's answer ended: as announced, or not. */
const ending: Look = async ({ server: { url, keys, botId } }) => {
  const headers = {
    authorization: `Bearer ${keys.readWrite}`,
    'content-type': 'application/json',
    connection: 'close',
  };
  const sent = request(`${url}${GENERATE}`, { method: 'POST', headers });
  sent.end(JSON.stringify({ botId, content: 'Hello' }));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const isChunked = response.headers['transfer-encoding'] === 'chunked';
  let bytes = 0;
  try {
    for await (const chunk of response) bytes += (chunk as Buffer).length;
    return { whole: response.complete, isChunked };
  } catch {
    return { whole: false, isChunked, isPart: bytes > 0 };
  }
};
const WHOLE = { whole: true, isChunked: false };

const statuses =
  (count: number): Look =>
  async ({ server: one }) => {
    const found = new Map<number, number>();
    for (let index = 0; index < count; index++) {
      const { status } = await turn(one);
      found.set(status, (found.get(status) ?? 0) + 1);
    }
    return Object.fromEntries(found);
  };
/** Binomial(200, 0.2): beyond these once in 10,000. */
const aFifth = { asymmetricMatch: (count: unknown) => Number(count) > 19 && Number(count) < 64 };

const AVAILABILITY: readonly DriftRow[] = [
  ['body-short', ending, WHOLE, { whole: false, isChunked: false, isPart: true }],
  ['chunk-cut', ending, WHOLE, { whole: false, isChunked: true, isPart: true }],
  ['body-reset', ending, WHOLE, { whole: false, isChunked: false, isPart: true }],
  ...[429, 502, 503, 504].map(
    (code): DriftRow => [
      `now-and-then-${code}`,
      statuses(200),
      { 200: 200 },
      { 200: { asymmetricMatch: (count: unknown) => aFifth.asymmetricMatch(200 - Number(count)) }, [code]: aFifth },
    ],
  ),
  ['valid-key-refused', async (where) => (await listing(where)).status, 200, 401],
  ['connection-close', header('connection'), 'keep-alive', 'close'],
  ['deprecated', header('sunset'), undefined, 'Thu, 01 Oct 2026 00:00:00 GMT'],
  ['deprecated', header('deprecation'), undefined, '@1767225600'],
];

const NULLABLE = ['externalId', 'externalCreatedAt', 'csatRating', 'feedback', 'approved', 'resolved'] as const;
/** Whether an answer and what is read back of it have a value there. */
const hasValue =
  (name: string): Look =>
  async (where) => [
    eventAt(await stopAt('start', where), REPLY)[name] !== null,
    eventAt(await goOn(where, 'A note', { role: 'agent' }), INCOMING)[name] !== null,
  ];
const documentUrls: Look = async (where) =>
  eventAt(await stopAt('start', where), REPLY).usedArticles.map(({ documentUrl }) => documentUrl !== null);
const listed =
  (name: string): Look =>
  async (where) => {
    const { interactions } = record(await listing(where)) as { interactions: Record<string, unknown>[] };
    return interactions.map((one) => one[name] !== null);
  };

const NULLABILITY: readonly DriftRow[] = [
  ...NULLABLE.map((name): DriftRow => [`filled-${name}`, hasValue(name), [false, false], [true, true]]),
  ['filled-documentUrl', documentUrls, [false, true], [true, true]],
  ['filled-url', listed('url'), [false, false], [true, true]],
  ...NULLABLE.map(
    (name): DriftRow => [
      `emptied-${name}`,
      hasValue(name),
      [true, true],
      [false, false],
      { drifts: { [`filled-${name}`]: 1 } },
    ],
  ),
  ['emptied-documentUrl', documentUrls, [false, true], [false, false]],
  ['emptied-subjectPreview', listed('subjectPreview'), [true, true], [false, false]],
  ['emptied-tags', async (where) => eventAt(await stopAt('tagged', where), REPLY).tags, ['billing', 'priority'], []],
  ['sentinel-zero', property('csatRating'), null, 0],
  ['sentinel-minus-one', property('csatRating'), null, -1],
  ['sentinel-false', property('approved'), null, false],
  ['sentinel-blank', property('externalId'), null, ''],
  ['sentinel-null-text', property('externalId'), null, 'null'],
  ['sentinel-not-available', property('feedback'), null, 'N/A'],
  ['sentinel-nil-uuid', property('externalId'), null, '00000000-0000-0000-0000-000000000000'],
  ['sentinel-epoch', property('externalCreatedAt'), null, 0],
];

const digits =
  (name: string): Look =>
  async (where) =>
    String(eventAt(await stopAt('start', where), REPLY)[name]).length;

const VALUES: readonly DriftRow[] = [
  ['created-at-zero', digits('createdAt'), 13, 1],
  ['created-at-negative', digits('createdAt'), 13, 14],
  ['external-seconds', digits('externalCreatedAt'), 'null'.length, 10],
  ['external-micros', digits('externalCreatedAt'), 'null'.length, 16],
  [
    'message-renamed',
    async (where) => {
      const answers = [await stopAt('start', where), await stopAt('get', where), await stopAt('list', where)];
      return answers.map(({ text }) => [text.includes('"message":'), text.includes('"text":')]);
    },
    Array(3).fill([true, false]),
    Array(3).fill([false, true]),
  ],
  [
    'event-added',
    async (where) => (record(await stopAt('start', where)) as unknown as { type: string }[]).map(({ type }) => type),
    ['message', 'message'],
    ['message', 'message', 'typing'],
  ],
  [
    'error-problem',
    async (where) => {
      const { headers, json } = await stopAt('noContent', where);
      return [headers['content-type'], Object.keys(json as object)];
    },
    ['application/json; charset=utf-8', ['statusCode', 'message', 'error']],
    ['application/problem+json', ['type', 'title', 'status', 'detail']],
  ],
];

describe.each([
  ['what nobody should see', LEAKS],
  ['whether answers come whole', AVAILABILITY],
  ['null, and what stands for it', NULLABILITY],
  ['values and forms', VALUES],
])('%s', (_, rows) => {
  it.each(rows.map((row) => [row[0], row] as const))('%s shows, and is not there without it', async (_id, row) => {
    await expectDrift(server, row);
  });
});
