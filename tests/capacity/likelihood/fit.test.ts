import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import { misfitOf } from '../../../scripts/capacity/likelihood/fit.ts';
import { lawOf } from '../../../scripts/capacity/likelihood/law.ts';
import { levelOf } from '../../../scripts/capacity/measure/level.ts';
import { unitPoisson } from '../../../scripts/capacity/model/queue.ts';

/** Four at once, works of 1 s in the mean with a Pareto tail, at 70 % of what they can complete. */
const RATE = 2.8;
const likelyBy = (works: number) => {
  const quantiles = Array.from({ length: works }, (_, i) => 1_200 * ((1 - (i + 0.5) / works) ** (-1 / 2.2) - 1));
  return { structure: { parallel: 4, slowdown: 0 }, weight: 1, law: lawOf(quantiles, []), impossible: 0 };
};
const arrivals = Array.from(unitPoisson(300, random(5)), (at) => (1_000 * at) / RATE);
const rung = { kind: 'open', rate: RATE, jumpStart: 0, arrivals, skip: 0 } as const;

/** A level of 70 turns of which so many were bad. */
function levelWith(bad: number, aborted: boolean) {
  const turns = arrivals
    .slice(0, 70)
    .map((atMs, i) => ({ atMs, latencyMs: i < 70 - bad ? 500 : 9_000, outcome: 'answered' as const, status: 200 }));
  return levelOf(rung, { turns, lateShare: 0, void: null, aborted }, 6_000, 'search');
}

describe('misfitOf', () => {
  it.each([
    ['ended at its worst, as levels do that end early', 36, true, undefined],
    ['is as bad at a moment that nobody chose', 36, false, 'level-unexplained'],
    ['ended worse than any would', 70, true, 'level-unexplained'],
    ['is as good as expected', 2, false, undefined],
  ])('of a level that %s', (_, bad, aborted, code) => {
    const misfit = misfitOf([], [levelWith(bad, aborted)], likelyBy(1_000), { limitMs: 6_000, seed: 1 });
    expect(misfit?.code).toBe(code);
  });

  it('of a level is none where works are too few to show how long the long ones are', () => {
    expect(misfitOf([], [levelWith(36, false)], likelyBy(60), { limitMs: 6_000, seed: 1 })).toBeUndefined();
  });
});
