import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laneStart, START, sent, settled, standAfter, violation } from '../run/made-progress.ts';

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
