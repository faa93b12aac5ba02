import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { events, type Reply } from './client.ts';
import { eventAt, INCOMING, REPLY, record } from './drifting.ts';
import { type StopName, stopAt, type Visit, visit } from './tour.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));

const article = (answer: Reply) => eventAt(answer, REPLY).usedArticles[0];
const isZipped = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
const unzipped = (bytes: Buffer): Buffer => (isZipped(bytes) ? gunzipSync(bytes) : bytes);

/** A drift, where it shows in one answer, and what is then true of it. */
const IN_AN_ANSWER: readonly [string, StopName, (answer: Reply, where: Visit) => boolean][] = [
  ['M001', 'start', (answer) => Array.isArray(record(answer).events)],
  ['M004', 'start', ({ json }) => Array.isArray((json as unknown[])[0])],
  ['M007', 'start', ({ text, json }) => json === undefined && text.split('\n').every((line) => JSON.parse(line).id)],
  ['M010', 'start', (answer) => events(answer).every((one) => Object.keys(one).join() === 'data')],
  ['M013', 'start', (answer) => !('documentUrl' in (article(answer) ?? { documentUrl: null }))],
  ['M016', 'start', ({ text }) => text.split('"message":').length > 3],
  ['M019', 'start', (answer) => typeof eventAt(answer, REPLY).createdAt === 'string'],
  ['M022', 'start', (answer) => Number.isInteger(eventAt(answer, INCOMING).id)],
  ['M025', 'get', ({ text }) => text.includes('"csatRating":"5"')],
  ['M028', 'start', (answer) => typeof eventAt(answer, REPLY).externalId === 'number'],
  ['M031', 'tagged', (answer) => JSON.stringify(eventAt(answer, REPLY).tags).startsWith('[{"label":"billing"}')],
  ['M034', 'start', (answer) => eventAt(answer, REPLY).message === null],
  ['M037', 'start', (answer) => eventAt(answer, REPLY).role === null || eventAt(answer, REPLY).type === null],
  ['M040', 'start', (answer) => article(answer)?.title === null],
  ['M043', 'start', (answer) => events(answer).every(({ csatRating }) => csatRating === 5)],
  ['M046', 'start', (answer) => eventAt(answer, REPLY).type === 'text'],
  ['M049', 'start', (answer) => article(answer)?.id === 'art_7f5392e5'],
  ['M052', 'start', (answer) => eventAt(answer, REPLY).createdAt > 1e14],
  ['M055', 'start', (answer) => article(answer)?.documentUrl?.startsWith('/') === true],
  ['M058', 'start', (answer) => eventAt(answer, 0).role === 'finibot' && eventAt(answer, 1).role === 'user'],
  ['M061', 'start', (answer) => events(answer)[2]?.id === eventAt(answer, REPLY).id],
  ['M064', 'agent', (answer) => events(answer).length === 0],
  [
    'M067',
    'start',
    (answer) =>
      events(answer)
        .map(({ role }) => role)
        .join() === 'agent',
  ],
  ['M070', 'start', (answer) => eventAt(answer, INCOMING).message.includes('&lt;b&gt;')],
  ['M073', 'continue', (answer) => events(answer).length === 4],
  ['M076', 'start', (answer) => eventAt(answer, INCOMING).id === eventAt(answer, REPLY).id],
  ['M082', 'foreignConversation', ({ status }) => status === 200],
  ['M091', 'start', ({ status }) => status === 201],
  ['M094', 'start', ({ status, headers }) => status === 302 && headers.location !== undefined],
  ['M097', 'noContent', (answer) => answer.status === 422 && record(answer).statusCode === 422],
  ['M100', 'noIds', ({ status }) => [404, 422, 500].includes(status)],
  ['M103', 'unknownAgent', ({ status }) => status === 200],
  ['M106', 'start', ({ status }) => status === 500 && server.truth().events === 6],
  ['M109', 'noIds', (answer) => record(answer).statusCode === '400'],
  ['M112', 'noContent', (answer) => Array.isArray(record(answer).message)],
  ['M115', 'noContent', ({ status, text }) => status === 400 && text === ''],
  ['M121', 'start', ({ headers }) => headers['content-type']?.startsWith('text/plain') === true],
  ['M124', 'start', ({ bytes }) => !Buffer.from(bytes.toString()).equals(bytes)],
  ['M127', 'start', ({ text, json }) => text.includes('\\ud83d') && json !== undefined],
  ['M130', 'start', ({ bytes }) => unzipped(unzipped(bytes)).toString().startsWith('[{"id"') && isZipped(bytes)],
  ['M133', 'start', ({ headers }) => 'set-cookie' in headers || 'x-model' in headers],
  ['M136', 'noKey', ({ status }) => status === 200],
  ['M139', 'revokedKey', ({ status }) => status === 200],
  ['M142', 'readKeyDeletes', ({ status }) => status === 200],
  ['M145', 'foreignAgent', ({ status }) => status === 200],
  ['M148', 'revokedKey', ({ status }) => [404, 500].includes(status)],
  ['M151', 'noKeyMalformed', ({ status }) => status === 400],
  ['M160', 'get', (answer) => (record(answer).events as unknown[]).length === 1],
  ['M175', 'start', ({ status }) => status === 500 && server.truth().events === 8],
  ['M190', 'start', (answer) => eventAt(answer, REPLY).message === ''],
  ['M196', 'start', (answer) => eventAt(answer, REPLY).message.length === 30],
  [
    'M199',
    'start',
    (answer) => /\{\{customer.name\}\}|undefined|\[object Object\]/.test(eventAt(answer, REPLY).message),
  ],
  ['M202', 'start', (answer) => /System prompt|Bearer fini_live/.test(eventAt(answer, REPLY).message)],
  ['M205', 'start', (answer) => article(answer)?.title === 'Returns and refunds'],
  ['M208', 'start', (answer) => ['agent', 'otherbot'].includes(eventAt(answer, REPLY).role)],
  ['M211', 'start', (answer) => 'confidence' in eventAt(answer, REPLY)],
  ['M214', 'start', (answer) => 'score' in (article(answer) ?? {})],
];

describe('a drift in one answer', () => {
  it.each(IN_AN_ANSWER)('%s shows, and is not there without it', async (id, stop, shows) => {
    const faithful = await visit(server);
    const without = await stopAt(stop, faithful);
    expect(shows(without, faithful), `${id} is off, and ${described(without)} shows it`).toBe(false);
    const drifting = await visit(server);
    server.configure({ drifts: { [id]: 1 } });
    const drifted = await stopAt(stop, drifting);
    expect(shows(drifted, drifting), `${id} is on, and ${described(drifted)} does not show it`).toBe(true);
  });

  const described = ({ status, text }: Reply): string => `HTTP ${status} ${text.slice(0, 500)}`;
});
