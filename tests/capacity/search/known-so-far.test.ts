import { describe, expect, it } from 'vitest';
import { simulateSearch } from '../../../scripts/proofs/capacity/simulate/simulate.ts';
import type { System } from '../../../scripts/proofs/capacity/simulate/system.ts';
import { LN8, searchWith, served, system } from './scripted.ts';

const unlimited: System = { ...LN8, kind: 'sharing', servers: Number.POSITIVE_INFINITY };
const many: System = { ...LN8, servers: 400 };
/** Of its turns 4.6 % miss the objective when alone. */
const tight: System = { ...LN8, slo: 'p95<6.6s' };

/** Forty answers of 2 s, then forty of 4 s. */
function alternating(): System['service'] {
  let turn = 0;
  return (draw) => (Math.floor(turn++ / 40) % 2 === 0 ? 2_000 : 4_000) * (0.9 + 0.2 * draw());
}

describe('a search whose budget ends early', () => {
  it.each([
    ['a queue', LN8, 300],
    ['a queue of two', system('LN2'), 300],
    ['a law with a tail', system('Pareto16'), 600],
    ['a wide law', system('LN8 cv 2'), 300],
  ] as const)('certifies a rate of %s, and says how likely others are', (_, of, budget) => {
    const { certified, posterior, isReached, spent } = simulateSearch(of, { seed: 2, budget });
    expect(spent).toBeLessThanOrEqual(budget);
    expect(isReached).toBe(true);
    expect(certified).toBeLessThan(of.truth);
    if (posterior === null) throw new Error('nothing is known');
    expect(Math.abs(Math.log(posterior.quantile(0.5) / of.truth))).toBeLessThan(3 * posterior.sd);
  });

  it.each([
    ['no limit', unlimited, 800],
    ['no limit, by rates that double', unlimited, 500],
    ['more turns at once than were tried', many, 800],
  ] as const)('certifies what a service carries at least that has %s', (about, of, budget) => {
    const saturate = !about.includes('double');
    const { found, asked } = searchWith(served(of), { budget, saturate });
    const most = Math.max(...asked.map((rung) => (rung.kind === 'closed' ? rung.concurrency : 0)));
    expect(found).toMatchObject({
      boundary: 'not-reached',
      reason: { code: 'budget-spent', budget },
      isReached: false,
    });
    // A queue of as many servers, at 70 to 100 % of what it can do.
    if (saturate) {
      expect(found.certified).toBeGreaterThan((0.7 * most) / 3);
      expect(found.certified).toBeLessThan(most / 3);
    }
    expect(found.certified).toBeGreaterThan(0);
  });

  it('says how likely it is that any rate will do, where an idle service nearly misses the objective', () => {
    const { found } = searchWith(served(tight, 6_600), { budget: 200, slo: 'p95<6.6s' });
    expect(found).toMatchObject({ boundary: 'not-reached', certified: null });
    expect(found.odds?.feasible).toBeGreaterThan(0.1);
    expect(found.odds?.feasible).toBeLessThan(0.95);
  });

  it('certifies what turns in flight met the objective where no service of the family explains them', () => {
    // Answers that are alike one after the other: no queue is like that.
    const alike: System = { ...unlimited, service: alternating() };
    const { found } = searchWith(served(alike), { budget: 300 });
    expect(found.inferred).toMatchObject({ misfit: { code: 'correlated' } });
    expect(found).toMatchObject({ boundary: 'not-reached', isReached: false });
    expect(found.certified).toBeGreaterThan(0.2);
    expect(found.certified).toBeLessThan(16 / 3);
  });

  it('tells nothing where too many turns fail', () => {
    const failing = served(LN8);
    const { found } = searchWith(
      (rung, number, sent) => {
        const record = failing(rung, number, sent);
        const turns = record.turns.map((turn, i) =>
          i % 16 === 5 ? { ...turn, outcome: 'failed' as const, status: 500 } : turn,
        );
        return { ...record, turns };
      },
      { budget: 150 },
    );
    expect(found).toMatchObject({ boundary: 'not-reached', certified: null, odds: null });
  });
});
