import { describe, expect, it } from 'vitest';
import type { Arrivals, Estimate } from '../../../contracts/generated/arrivals.ts';
import { demandOf } from '../../../scripts/capacity/demand/demand.ts';
import { learntDemand } from '../../../scripts/capacity/demand/learnt-demand.ts';
import { forecastWarning } from '../../../scripts/capacity/report/planning-text.ts';
import { madeArrivals } from '../../workload/made-model.ts';

const estimate = (value: number | null, lower = value, upper = value): Estimate => ({ n: 4, value, lower, upper });
const made = (over: Partial<Arrivals> = {}): Arrivals => ({ ...madeArrivals(1, () => 10, 4), ...over });
const growthOf = (growth: Estimate) => learntDemand(made({ growth }), 'a.json').growth;

describe('learntDemand', () => {
  it('has a count for each hour, one after the other', () => {
    const arrivals = made();
    const { counts, everyMs } = learntDemand(arrivals, 'a.json');
    expect(counts.map(({ count }) => count)).toEqual(arrivals.hours.counts);
    expect(
      counts.every(
        ({ startMs, endMs }, hour) => endMs - startMs === everyMs && startMs === (counts[hour - 1]?.endMs ?? startMs),
      ),
    ).toBe(true);
    expect(new Date(counts[0]?.startMs ?? 0).toISOString()).toBe(arrivals.hours.from);
  });

  it('has growth a month, where the weeks tell it', () => {
    expect(growthOf(estimate(0.01, 0, 0.02))).toMatchObject({ method: 'learnt', lower: 0 });
    expect(growthOf(estimate(0.01, 0, 0.02))?.perMonth).toBeCloseTo(1.01 ** (365.25 / 84) - 1, 9);
    for (const unknown of [estimate(null), estimate(0.01, -0.3, 0.4), estimate(0.01, -1.5, 0.02), estimate(1e9)]) {
      expect(growthOf(unknown)).toBeUndefined();
    }
    expect(() => demandOf(learntDemand(made({ growth: estimate(null) }), 'a.json'), {}, Date.now())).toThrow(
      '--growth',
    );
  });

  it('tells what dispersion adds to the busiest hour', () => {
    const hourOfWeek = Array.from({ length: 168 }, (_, hour) => estimate(hour === 9 ? 100 : 10));
    const { notes } = learntDemand(made({ hourOfWeek, dispersion: estimate(0.09, 0.05, 0.13) }), 'a.json');
    // Variance 100 + 0.09 x 10,000 = 1,000.
    expect(notes?.map(forecastWarning)).toEqual([expect.stringMatching(/30\.0%.* 100 conversations .* 152 or more/)]);
    expect(learntDemand(made({ dispersion: estimate(0.01, 0, 0.03) }), 'a.json').notes).toEqual([]);
  });

  it('needs two whole hours', () => {
    const hours = { from: '2026-01-05T00:00:00.000Z', counts: [3] };
    expect(() => learntDemand(made({ hours }), 'a.json')).toThrow('fewer than two whole hours');
  });
});
