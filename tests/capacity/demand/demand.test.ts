import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DemandInput, demandOf } from '../../../scripts/capacity/demand/demand.ts';
import { HOUR_MS, WEEK_MS, weekOf, weekPeaks, weekStart } from '../../../scripts/capacity/demand/demand-history.ts';
import { forecastOf } from '../../../scripts/capacity/demand/forecast.ts';
import { capacity, history, NOW } from './made-demand.ts';

const order = (date: string | null): number => (date === null ? Number.POSITIVE_INFINITY : Date.parse(date));

describe('demand of a file', () => {
  const of = (input: DemandInput, settings = {}) => demandOf(input, settings, NOW);

  it('takes the busiest hour of the last four weeks for that of now, grown since the last count', () => {
    const weeks = history(20, 18);
    const forecast = forecastOf(of(weeks), capacity(3));
    const busiest = Math.max(...weeks.counts.slice(-4 * 168).map(({ count }) => count));
    expect(forecast.peak.conversationsPerHour / busiest).toBeCloseTo((1 + forecast.growth.perMonth) ** (1 / 4.348), 4);
    expect(forecast.growth.method).toBe('trend');
    expect(forecast.warnings).toContainEqual({ code: 'season-unknown' });
  });

  it('repeats the season of the last year, grown', () => {
    const { weeks, growth } = of(history(80, 40));
    expect(growth.method).toBe('year-over-year');
    const known = weeks.filter((it) => it.known);
    const peak = known.reduce((a, b) => (b.perHour > a.perHour ? b : a));
    const again = weeks.find(({ week }) => week === peak.week + 52);
    expect((again?.perHour ?? 0) / peak.perHour).toBeCloseTo((1 + growth.perMonth) ** (52 / 4.348), 2);
    const calm = weeks.find(({ week }) => week === peak.week + 52 + 10);
    expect((calm?.perHour ?? 0) / peak.perHour).toBeLessThan(0.6);
  });

  it('brackets the date by the interval of an estimated growth', () => {
    const noisy = {
      ...history(30),
      counts: history(30).counts.map((it, i) => ({ ...it, count: it.count + ((i * 7919) % 31) })),
    };
    const { crossing, weeks } = forecastOf(of(noisy), capacity(0.25));
    const [early = null, late = null] = crossing?.certifiedByGrowth ?? [];
    expect(order(early)).toBeLessThanOrEqual(order(crossing?.certified ?? null));
    expect(order(late)).toBeGreaterThanOrEqual(order(crossing?.certified ?? null));
    expect(weeks.every((it) => it.lower <= it.conversationsPerSecond && it.upper >= it.conversationsPerSecond)).toBe(
      true,
    );
  });

  it('does not take a week that is not over for a fall', () => {
    const cut = history(20);
    const running = {
      ...cut,
      counts: [...cut.counts, { startMs: weekStart(weekOf(NOW)), endMs: weekStart(weekOf(NOW)) + HOUR_MS, count: 1 }],
    };
    const week = of(running, { growth: 0 }).weeks.find((it) => it.week === weekOf(NOW));
    expect(week?.known).toBe(false);
    expect(week?.perHour).toBeGreaterThan(100);
  });

  it('holds a file of the future against the capacity week by week', () => {
    const future = {
      ...history(20),
      counts: history(20).counts.map((it) => ({
        ...it,
        startMs: it.startMs + 30 * WEEK_MS,
        endMs: it.endMs + 30 * WEEK_MS,
      })),
    };
    const forecast = forecastOf(of(future, { growth: 0 }), capacity(0.05));
    expect(forecast.crossing?.certified).toBe(new Date(weekStart(weekOf(NOW) + 10)).toISOString().slice(0, 10));
    expect(forecast.warnings.map(({ code }) => code)).toContain('counts-begin');
  });

  it('asks for what the input does not tell', () => {
    expect(() => of({ perMonth: 5 }, { growth: 0 })).toThrow('--peak-factor');
    expect(() => of({ perMonth: 5 }, { peakFactor: 2 })).toThrow('--growth');
    expect(() => of({ ...history(9), everyMs: 24 * HOUR_MS }, { growth: 0 })).toThrow(
      '--peak-factor: a count of 24 hours',
    );
    expect(() => of(history(6))).toThrow('--growth: fewer than 8 whole weeks');
  });

  it('finds in each week its busiest hour', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 2, maxLength: 500 });
    fc.assert(
      fc.property(
        counts,
        fc.integer({ min: 0, max: 167 }),
        fc.double({ min: 1, max: 5, noNaN: true }),
        (list, offset, factor) => {
          const from = weekStart(100) + offset * HOUR_MS;
          const rows = list.map((count, i) => ({
            startMs: from + i * HOUR_MS,
            endMs: from + (i + 1) * HOUR_MS,
            count,
          }));
          const peaks = weekPeaks({ name: '', everyMs: HOUR_MS, counts: rows }, factor);
          for (const { week, perHour } of peaks) {
            const inside = rows.filter(({ startMs }) => weekOf(startMs) === week).map(({ count }) => count * factor);
            expect(perHour).toBeCloseTo(Math.max(...inside), 6);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
