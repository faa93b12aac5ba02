import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LedgerLine, Sent, Settled } from '../../contracts/generated/ledger.ts';
import type { Plan } from '../../contracts/generated/plan.ts';
import { ledgerTail } from '../../scripts/run/ledger-tail.ts';
import { showProgress, watchLedger } from '../../scripts/run/progress.ts';
import { renderProgress, renderProgressLine } from '../../scripts/run/progress-view.ts';
import { type Snapshot, tally } from '../../scripts/run/snapshot.ts';
import { recordedIo } from '../io.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'progress-'));
});
afterAll(() => rm(folder, { recursive: true }));

const START = 1_000_000;
const key = (conversation: number, turn = 0) => ({ conversation, turn, attempt: 0, lane: 0 });
const sent = (conversation: number, over: Partial<Sent> = {}): Sent => ({
  kind: 'sent',
  ...key(conversation),
  role: 'user',
  intendedAt: START,
  sentAt: START + 5,
  ...over,
});
const settled = (conversation: number, over: Partial<Settled> = {}): Settled => ({
  kind: 'settled',
  ...key(conversation),
  settledAt: START + 500,
  outcome: 'answered',
  status: 200,
  errorCode: 0,
  durationMs: 480,
  waitingMs: 470,
  connectMs: 10,
  bytes: 900,
  events: [],
  violations: [],
  ...over,
});
const laneStart: LedgerLine = { kind: 'lane-start', lane: 0, at: START - 900, startAt: START, runId: 'r' };
const violation = (of: 'breaking' | 'additive'): Settled['violations'][number] => ({
  rule: 'a-rule',
  class: of,
  location: '#',
  template: '#',
  expected: {},
  observed: { type: 'null', sample: 'null' },
});

function standAfter(lines: readonly LedgerLine[], now = START + 1_000): Snapshot {
  const { add, snapshot } = tally();
  for (const line of lines) add(line);
  return snapshot(now);
}

describe('tally', () => {
  test('counts what flies, what failed, what broke the contract and what may be billed', () => {
    const snapshot = standAfter([
      laneStart,
      ...[0, 1, 2, 3, 4, 5, 6].map((conversation) => sent(conversation)),
      sent(7, { role: 'agent', sentAt: START + 40 }),
      settled(0),
      settled(1, { violations: [violation('breaking'), violation('breaking')] }),
      settled(2, { violations: [violation('additive')] }),
      settled(3, { status: 500 }),
      settled(4, { outcome: 'timed-out', status: 0, errorCode: 1050 }),
      settled(5, { outcome: 'unsent', status: 0, errorCode: 1212 }),
      { kind: 'breaker', lane: 0, at: START, reason: 'failing', status: 500 },
      { kind: 'fault', lane: 0, at: START, message: 'x' },
    ]);
    expect(snapshot).toMatchObject({ startAt: START, sent: 8, settled: 6, inFlight: 2, oldestMs: 995 });
    expect(snapshot).toMatchObject({ spent: 6, violations: 1, faults: 1, conversations: { started: 8, ended: 0 } });
    expect(Object.fromEntries(snapshot.errors)).toEqual({ '500': 1, 'timed-out': 1, unsent: 1 });
    expect([...snapshot.breakers]).toEqual(['failing']);
  });

  test('latency counts from the intended start; only user turns of the last ten seconds are in it', () => {
    const lines = [
      sent(0),
      settled(0, { settledAt: START - 10_000 }),
      sent(1, { role: 'agent' }),
      settled(1, { durationMs: 1 }),
      sent(2, { intendedAt: START, sentAt: START + 300 }),
      settled(2, { durationMs: 100, connectMs: 50 }),
    ];
    expect(standAfter(lines, START + 1_000).recent).toEqual({ seconds: 10, turns: 1, p50: 450, p95: 450 });
    expect(standAfter(lines, START + 20_000).recent).toEqual({ seconds: 10, turns: 0, p50: undefined, p95: undefined });
  });

  test('turns without an answer are longer than any answer', () => {
    const answered = Array.from({ length: 9 }, (_, i) => [sent(i), settled(i)]).flat();
    const lost = [sent(10), settled(10, { outcome: 'lost', status: 0 })];
    expect(standAfter([...answered, ...lost]).recent).toMatchObject({ p50: 495, p95: Number.POSITIVE_INFINITY });
  });

  test('percentiles are the nearest rank of all recent latencies', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 60 }), (durations) => {
        const lines = durations.flatMap((durationMs, i) => [
          sent(i, { sentAt: START }),
          settled(i, { durationMs, connectMs: 0 }),
        ]);
        const { p50 = Number.NaN, p95 = Number.NaN } = standAfter(lines).recent;
        const atMost = (limit: number): number => durations.filter((it) => it <= limit).length / durations.length;
        const below = (limit: number): number => durations.filter((it) => it < limit).length / durations.length;
        expect([atMost(p50) >= 0.5, below(p50) < 0.5, atMost(p95) >= 0.95, below(p95) < 0.95]).not.toContain(false);
      }),
    );
  });
});

describe('tail', () => {
  test('reads each whole line once, however the file grows', async () => {
    let run = 0;
    const lines = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), async (texts, sizes) => {
        run += 1;
        const path = join(folder, `grows-${run}.ndjson`);
        const bytes = Buffer.from(texts.map((message) => `${JSON.stringify({ kind: 'fault', message })}\n`).join(''));
        const read: string[] = [];
        const tail = ledgerTail(path, (line) => read.push(line.kind === 'fault' ? line.message : ''));
        await tail.read();
        for (let from = 0, i = 0; from < bytes.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          await appendFile(path, bytes.subarray(from, from + size));
          from += size;
          await tail.read();
        }
        await tail.close();
        expect(read).toEqual(texts);
      }),
      { numRuns: 25 },
    );
  });

  test('lines longer than what is read at once; damaged and unfinished lines are left out', async () => {
    const path = join(folder, 'long.ndjson');
    const long = 'ü'.repeat(1_500_000);
    await writeFile(
      path,
      `{"kind":"fault","message":"${long}"}\n{"kind":"fau\n7\n{"kind":"fault","message":"b"}\n{"kind":"f`,
    );
    const read: LedgerLine[] = [];
    const tail = ledgerTail(path, (line) => read.push(line));
    await tail.read();
    await tail.close();
    expect(read).toEqual([
      { kind: 'fault', message: long },
      { kind: 'fault', message: 'b' },
    ]);
  });
});

const plan = {
  scenario: 'load',
  stages: [
    { name: 'warm-up', startMs: 0, endMs: 10_000, from: 2, to: 2, measured: false },
    { name: 'steady', startMs: 10_000, endMs: 60_000, from: 2, to: 2, measured: true },
  ],
  windowMs: 60_000,
  drainMs: 30_000,
  timeoutMs: 60_000,
  turns: 2_400,
  price: { perTurn: 0.01, currency: 'USD' },
} as unknown as Plan;

describe('watching', () => {
  test('tells what is there when it ends, and shows it in a line', async () => {
    const path = join(folder, 'watched.ndjson');
    const over = new AbortController();
    const seen: number[] = [];
    const watch = watchLedger(path, { everyMs: 5, signal: over.signal, onSnapshot: (it) => seen.push(it.sent) });
    await vi.waitFor(() => expect(seen).toContain(0));
    await writeFile(path, `${JSON.stringify(sent(0))}\n`);
    await vi.waitFor(() => expect(seen).toContain(1));
    await appendFile(path, `${JSON.stringify(sent(1))}\n`);
    over.abort();
    await watch;
    expect(seen.at(-1)).toBe(2);
  });

  test.each([
    ['a terminal', true, / {2}turns +1 sent of at most 2,400,/],
    [
      'a log',
      false,
      /^starting: 0 sent of .*\n(starting|drain .*): 1 sent of at most 2,400, 0 settled, 1 in flight;.*\n$/,
    ],
  ])('%s', async (_name, interactive, shown) => {
    const path = join(folder, `shown-${interactive}.ndjson`);
    const io = recordedIo({ interactive, env: { NO_COLOR: '1' } });
    const progress = showProgress(path, plan, { io, quiet: false });
    await vi.waitFor(() => expect(io.said().err).toContain('starting'));
    await writeFile(path, `${JSON.stringify(sent(0))}\n`);
    await progress.stop();
    expect(io.said().err).toMatch(shown);
    expect(io.said().out).toBe('');
  });

  test('quiet: nothing', async () => {
    const io = recordedIo({ interactive: true });
    await showProgress(join(folder, 'none'), plan, { io, quiet: true }).stop();
    expect(io.said()).toEqual({ out: '', err: '' });
  });
});

describe('view', () => {
  const busy = standAfter(
    [laneStart, sent(0), settled(0), sent(1), settled(1, { status: 500 }), sent(2)],
    START + 5_000,
  );

  test('one display', () => {
    expect(renderProgress(plan, busy, false)).toBe(
      [
        'load  warm-up 0:05  ██░░░░░░░░░░░░░░░░░░░░░░  0:55 left',
        '  turns         3 sent of at most 2,400, 2 settled, 1 in flight, the oldest for 5.00 s',
        '  conversations 3 started, 0 ended',
        '  last 10 s     p50 495 ms, p95 495 ms, 0.2/s',
        '  errors        1 (500 ×1)',
        '  violations    none',
        '  spent         3 user turns, 0.03 USD',
      ].join('\n'),
    );
  });

  test('one line', () => {
    expect(renderProgressLine(plan, busy)).toBe(
      'warm-up 0:05: 3 sent of at most 2,400, 2 settled, 1 in flight; p50 495 ms, p95 495 ms, 0.2/s; ' +
        'errors 1 (500 ×1); violations none; 0:55 left',
    );
  });

  test.each([
    ['before time zero', standAfter([]), /^starting: .*no turn settled in the last 10 s.*1:00 left$/],
    ['between stages', standAfter([laneStart], START + 10_000), /^steady 0:10: /],
    [
      'after the window',
      standAfter([laneStart], START + 61_000),
      /^drain 1:01: .*; conversations go on for at most 0:29$/,
    ],
    [
      'after the drain',
      standAfter([laneStart], START + 100_000),
      /^end 1:40: .*in flight are awaited for at most 0:50$/,
    ],
    ['after all', standAfter([laneStart], START + 900_000), /at most 0:00$/],
    [
      'without answers',
      standAfter([sent(0), settled(0, { outcome: 'lost', status: 0 })]),
      /p50 no answer, p95 no answer/,
    ],
  ])('%s', (_name, snapshot, line) => expect(renderProgressLine(plan, snapshot)).toMatch(line));

  test('an open breaker and faults are shown', () => {
    const stopped = standAfter([
      { kind: 'breaker', lane: 0, at: START, reason: 'unauthorised', status: 401 },
      { kind: 'fault', lane: 0, at: START, message: 'x' },
    ]);
    expect(renderProgress(plan, stopped, false)).toMatch(
      /stopped +circuit breaker: unauthorised\n +faults +1 harness fault/,
    );
    expect(renderProgressLine(plan, stopped)).toMatch(/circuit breaker: unauthorised; 1 harness fault/);
  });
});
