import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Arrivals } from '../../contracts/generated/arrivals.ts';
import { validatorOf } from '../../scripts/foundation/schema/validator.ts';
import { main } from '../../scripts/main.ts';
import { type KnownLaw, knownHistory } from '../../scripts/proofs/workload/known-history.ts';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { readWorkload } from '../../scripts/run/workload/read.ts';
import { recordedIo } from '../io.ts';
import { leaksIn } from './leaks-in.ts';

const LAW: KnownLaw = { perHour: 2, dispersion: 0.1, continues: 0.5, meanPauseMs: 30_000, german: 0.3, weeks: 3 };

/** Some channels are named after their customer. */
const CHANNELS = ['chat', 'Web_Chat', 'henrietta', 'henrietta@quack.example', 'quackenbush-chat', '+49 170 5550199'];
const history = knownHistory(LAW, 1, Date.now()).map((it, index) => ({
  ...it,
  channel: CHANNELS[index % CHANNELS.length] ?? '',
}));

const said = history.flatMap(({ messages }) => messages.map(({ text }) => text));

let server: ReferenceServer;

beforeAll(async () => {
  server = await startReferenceServer();
  server.fill(history);
});
afterAll(() => server.close());

const folder = (): string => mkdtempSync(join(tmpdir(), 'learn-'));

async function learn(cwd: string, ...flags: string[]) {
  const env = { FINI_API_KEY: server.keys.read, FINI_BASE_URL: server.url };
  const io = recordedIo({ cwd, env });
  const code = await main(['workload', 'learn', '--since', '22d', ...flags], io);
  return { code, ...io.said() };
}

describe('workload learn', () => {
  const cwd = folder();
  let arrivals: Arrivals;
  const text = (name: string): string => readFileSync(join(cwd, 'workload', name), 'utf8');

  beforeAll(async () => {
    expect(await learn(cwd)).toMatchObject({ code: 0 });
    arrivals = JSON.parse(text('arrivals.json'));
  });

  it('writes files that keep their schemas, small enough for git', async () => {
    const validate = validatorOf('arrivals');
    expect(validate(arrivals), JSON.stringify(validate.errors)).toBe(true);
    const { conversations } = await readWorkload(join(cwd, 'workload', 'workload.jsonl'));
    expect(conversations).toHaveLength(500);
    expect(text('workload.jsonl').length + text('arrivals.json').length).toBeLessThan(1e6);
    expect(existsSync(join(cwd, 'workload', 'learn.progress.ndjson'))).toBe(false);
  });

  it('holds nothing that customers said', () => {
    const model = text('workload.jsonl') + text('arrivals.json');
    expect(leaksIn(model, said)).toEqual([]);
    expect(arrivals.shape.channels.map(({ name }) => name)).toEqual(['other', 'chat', 'Web_Chat']);
  });

  it('has lengths and pauses of what was said, and its languages', async () => {
    const { shape, conversations } = arrivals;
    expect(conversations.started).toBeGreaterThan(800);
    expect(shape.turns.value).toBeCloseTo(2, 0);
    expect(shape.languages.map(({ name }) => name)).toEqual(['en', 'de']);
    const { conversations: scripts } = await readWorkload(join(cwd, 'workload', 'workload.jsonl'));
    const turns = scripts.flatMap((script) => script.turns);
    expect(turns.every(({ chars = 0, content }) => Math.abs(Math.log(content.length / chars)) < 1)).toBe(true);
    const pauses = turns.flatMap(({ thinkMs }) => thinkMs ?? []);
    expect(pauses.reduce((sum, pause) => sum + pause, 0) / pauses.length / 30_000).toBeCloseTo(1, 0);
  });

  it('continues where --max-requests ended it', async () => {
    const other = folder();
    const first = await learn(other, '--max-requests', '3');
    expect(first).toMatchObject({ code: 6, err: expect.stringContaining('300 conversations') });
    expect(existsSync(join(other, 'workload', 'arrivals.json'))).toBe(false);
    expect(leaksIn(readFileSync(join(other, 'workload', 'learn.progress.ndjson'), 'utf8'), said)).toEqual([]);
    expect(await learn(other)).toMatchObject({ code: 0, err: expect.stringContaining('after 3 pages') });
    const whole: Arrivals = JSON.parse(readFileSync(join(other, 'workload', 'arrivals.json'), 'utf8'));
    expect(whole.conversations).toEqual(arrivals.conversations);
    expect(whole.shape).toEqual(arrivals.shape);
  });

  it.each([
    [['--since', '0d'], 2, '--since: must be a time such as'],
    [['--since', '3y'], 2, '--since: must be a time such as'],
    [['--base-url', 'https://example.com'], 7, '--confirm-target example.com'],
    [['--channel', 'fax'], 6, 'use a longer --since'],
    [['--bank', 'none.jsonl'], 2, 'cannot read the workload none.jsonl'],
  ])('%j ends with exit code %i', async (flags, code, message) => {
    expect(await learn(folder(), ...flags)).toMatchObject({ code, err: expect.stringContaining(message) });
  });
});
