import { describe, expect, it } from 'vitest';
import { plan, VIOLATION } from '../made-run.ts';
import { resultOf } from '../valid-result.ts';

describe('counts', () => {
  it('adds up: sent = answered + timedOut + lost + cut + unsent', async () => {
    const outcomes = ['answered', 'answered', 'timed-out', 'lost', 'cut', 'absent', 'unsent'] as const;
    const result = await resultOf(outcomes.map((outcome, conversation) => ({ conversation, outcome })));
    expect(result.counts).toMatchObject({
      sent: 7,
      answered: 2,
      timedOut: 1,
      lost: 1,
      cut: 2,
      unsent: 1,
      userTurns: 6,
    });
    expect(result.outcomes[0]).toMatchObject({ outcome: 'answered', status: 200, count: 2, share: { k: 2, n: 7 } });
    expect(result.spent).toEqual({ userTurns: 6 });
  });

  it('prices what may have been executed', async () => {
    const result = await resultOf(
      [{ conversation: 0 }, { conversation: 1, outcome: 'unsent' }, { conversation: 2, outcome: 'absent' }],
      plan([], { price: { perTurn: 0.25, currency: 'EUR' } }),
    );
    expect(result.spent).toEqual({ userTurns: 2, price: 0.5, currency: 'EUR' });
  });

  it('goodput: answered in time with 200 and without a failing violation', async () => {
    const additive = { ...VIOLATION, class: 'additive' as const };
    const result = await resultOf(
      [
        { conversation: 0 },
        { conversation: 1, status: 500 },
        { conversation: 2, violations: [VIOLATION] },
        { conversation: 3, violations: [additive] },
        { conversation: 4, durationMs: 9_000 },
        { conversation: 5, outcome: 'timed-out', durationMs: 20_000 },
      ],
      plan([{ metric: 'latency.p95', op: '<', limit: 8_000 }]),
    );
    expect(result.goodput).toMatchObject({ k: 2, n: 6 });
  });
});
