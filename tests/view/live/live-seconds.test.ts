import { expect, it } from 'vitest';
import type { LedgerLine, Settled } from '../../../contracts/generated/ledger.ts';
import { liveSeconds } from '../../../scripts/view/live/live-seconds.ts';

const ZERO = 1_000_000;
const start: LedgerLine = { kind: 'lane-start', lane: 0, at: ZERO, startAt: ZERO, runId: 'r' };

function sent(conversation: number, atMs: number): LedgerLine {
  const at = ZERO + atMs;
  return { kind: 'sent', conversation, turn: 0, attempt: 0, lane: 0, role: 'user', intendedAt: at - 5, sentAt: at };
}

function settled(conversation: number, atMs: number, over: Partial<Settled> = {}): LedgerLine {
  return {
    kind: 'settled',
    conversation,
    turn: 0,
    attempt: 0,
    lane: 0,
    settledAt: ZERO + atMs,
    outcome: 'answered',
    status: 200,
    errorCode: 0,
    durationMs: 90,
    waitingMs: 80,
    connectMs: 5,
    bytes: 1,
    events: [],
    violations: [],
    ...over,
  };
}

function after(lines: readonly LedgerLine[], nowMs: number) {
  const seconds = liveSeconds();
  for (const line of lines) seconds.add(line);
  return seconds.until(ZERO + nowMs);
}

it('puts each line into its second, with those that have none', () => {
  const seconds = after([start, sent(0, 100), sent(1, 900), settled(0, 950), settled(1, 2_100)], 2_500);
  expect(seconds.map(({ second, sent: s, settled: t, inFlight }) => [second, s, t, inFlight])).toEqual([
    [0, 2, 1, 1],
    [1, 0, 0, 1],
    [2, 0, 1, 0],
  ]);
});

it('counts latency from the intended start, and knows none where no answer came', () => {
  const [second] = after(
    [start, sent(0, 0), sent(1, 0), settled(0, 100), settled(1, 200, { outcome: 'lost', status: 0 })],
    900,
  );
  expect(second).toMatchObject({ p50: 100, p95: null, errors: 1, violations: 0 });
});

it('counts violations of failing classes only', () => {
  const violation = (cls: 'breaking' | 'additive') => ({
    rule: 'r',
    class: cls,
    location: '#',
    template: '#',
    expected: {},
    observed: { type: 'x', sample: '' },
  });
  const lines = [start, ...[0, 1].map((it) => sent(it, 0))];
  const ends = [
    settled(0, 10, { violations: [violation('breaking')] }),
    settled(1, 10, { violations: [violation('additive')] }),
  ];
  expect(after([...lines, ...ends], 500)[0]).toMatchObject({ violations: 1, errors: 0 });
});

it('keeps turns in flight over seconds that it shows no more', () => {
  const lines = [
    start,
    sent(0, 0),
    ...Array.from({ length: 2_000 }, (_, i) => [sent(i + 1, i * 1000), settled(i + 1, i * 1000 + 5)]).flat(),
  ];
  const seconds = liveSeconds();
  for (const [index, line] of lines.entries()) {
    seconds.add(line);
    if (index % 100 === 0) seconds.until('sentAt' in line ? line.sentAt : ZERO);
  }
  const shown = seconds.until(ZERO + 1_999_900);
  expect(shown).toHaveLength(300);
  expect(new Set(shown.map(({ inFlight }) => inFlight))).toEqual(new Set([1]));
});

it('shows nothing before time zero is known', () => {
  expect(after([sent(0, 0)], 1_000)).toEqual([]);
});
