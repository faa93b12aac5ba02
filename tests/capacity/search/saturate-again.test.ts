import { describe, expect, it } from 'vitest';
import { againTurns } from '../../../scripts/capacity/search/saturate-again.ts';
import { SearchState } from '../../../scripts/capacity/search/search-state.ts';
import { parseSlo } from '../../../scripts/capacity/slo.ts';

const step = (concurrency: number) => ({ concurrency, n: 24, throughput: 1, errors: 0, latenciesMs: [1_000], bad: 0 });

describe('a second look at saturation', () => {
  it.each([
    // Enough answers between the start and the end of the step, whatever is in flight.
    { concurrency: 8, budget: 2_000, turns: 48 },
    { concurrency: 32, budget: 2_000, turns: 96 },
    { concurrency: 64, budget: 2_000, turns: 0 },
    { concurrency: 64, budget: 3_000, turns: 192 },
  ])('costs $turns turns of $budget with $concurrency in flight', ({ concurrency, budget, turns }) => {
    const search = new SearchState({ slo: parseSlo('p95<8s'), seed: 1, budget, saturate: true });
    for (const it of [1, concurrency, concurrency / 2]) search.addClosed(step(it));
    expect(againTurns(search)).toBe(turns);
  });

  it('is not taken where the service must not be saturated', () => {
    const search = new SearchState({ slo: parseSlo('p95<8s'), seed: 1, budget: 2_000, saturate: false });
    search.addClosed(step(16));
    expect(againTurns(search)).toBe(0);
  });
});
