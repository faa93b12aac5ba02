import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capacity } from '../../../contracts/generated/capacity.ts';
import { type DemandInput, demandOf } from '../../../scripts/capacity/demand/demand.ts';
import {
  type DemandHistory,
  HOUR_MS,
  WEEK_MS,
  weekOf,
  weekPeaks,
  weekStart,
} from '../../../scripts/capacity/demand/demand-history.ts';
import { forecastOf } from '../../../scripts/capacity/demand/forecast.ts';
import { validatorOf } from '../../../scripts/foundation/schema/validator.ts';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const TURNS_EACH = 3;

/** A capacity in turns a second, certified, with its 90 % interval. */
function capacity(certified: number | null): Parameters<typeof forecastOf>[1] {
  return {
    lambdaCert: certified,
    lambdaHat: certified === null ? null : 1.1 * certified,
    lambdaHatCI90: certified === null ? null : [1.05 * certified, 1.2 * certified],
    conversations: { turnsEach: TURNS_EACH, perSecond: null, concurrent: null },
    sensitivity: [
      { quantile: 0.99, limitMs: 8_000, lambdaHat: null, lambdaCert: certified === null ? null : certified / 2 },
    ],
    confirmation: null,
  } satisfies Partial<Capacity>;
}

const monthly = (perMonth: number, growth: number, certified: number | null, peakFactor = 4) =>
  forecastOf(demandOf({ perMonth }, { growth, peakFactor }, NOW), capacity(certified));

/** Hours of a year and more with a busy season; each hour of the day differs. */
function history(weeks: number, busyWeek = -1): DemandHistory {
  const from = weekStart(weekOf(NOW) - weeks);
  const counts = Array.from({ length: weeks * 168 }, (_, hour) => {
    const startMs = from + hour * HOUR_MS;
    const week = Math.floor(hour / 168);
    const count = Math.round(100 * 1.02 ** (week / 4.348) * (week === busyWeek ? 3 : 1) * (hour % 24 === 15 ? 2 : 1));
    return { startMs, endMs: startMs + HOUR_MS, count };
  });
  return { name: 'd.csv', everyMs: HOUR_MS, counts };
}

const order = (date: string | null): number => (date === null ? Number.POSITIVE_INFINITY : Date.parse(date));
const growths = fc.double({ min: -0.05, max: 0.3, noNaN: true });
const demands = fc.double({ min: 1_000, max: 2_000_000, noNaN: true });
const rates = fc.double({ min: 0.05, max: 20, noNaN: true });

describe('forecastOf', () => {
  it('says what a number a month means', () => {
    const forecast = monthly(730.5 * 3600, 0.05, 15, 2);
    expect(forecast.peak).toEqual({ conversationsPerHour: 7200, conversationsPerSecond: 2, turnsPerSecond: 6 });
    expect(forecast).toMatchObject({ certified: 5, headroom: 1.5, peakFactor: 2, warnings: [] });
    // ln(2.5) / ln(1.05) = 18.8 months from the week of 23 November 2026.
    expect(forecast.crossing?.certified).toBe('2028-06-19');
    expect(forecast.crossing?.certifiedByGrowth).toBeNull();
    expect(validatorOf('forecast')(forecast), JSON.stringify(validatorOf('forecast').errors)).toBe(true);
  });

  it('has an earlier date for more growth, more demand and less capacity', () => {
    fc.assert(
      fc.property(
        growths,
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        demands,
        rates,
        (growth, extra, perMonth, rate) => {
          const date = (g: number, d: number, r: number) => order(monthly(d, g, r).crossing?.certified ?? null);
          const base = date(growth, perMonth, rate);
          expect(date(growth + extra, perMonth, rate)).toBeLessThanOrEqual(base);
          expect(date(growth, perMonth * (1 + extra), rate)).toBeLessThanOrEqual(base);
          expect(date(growth, perMonth, rate * (1 - extra))).toBeLessThanOrEqual(base);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('crosses the certified rate first, then the interval in its order', () => {
    fc.assert(
      fc.property(growths, demands, rates, (growth, perMonth, rate) => {
        const { crossing, headroom } = monthly(perMonth, growth, rate);
        const dates = [crossing?.certified, crossing?.earliest, crossing?.likely, crossing?.latest].map((it) =>
          order(it ?? null),
        );
        expect(dates).toEqual([...dates].sort((a, b) => a - b));
        if ((headroom ?? 0) < 0) expect(crossing?.certified).toBe('2026-11-25');
        else expect(crossing?.certified).not.toBe('2026-11-25');
      }),
      { numRuns: 60 },
    );
  });

  it('depends on the ratio of demand and capacity alone', () => {
    fc.assert(
      fc.property(growths, demands, rates, fc.integer({ min: 1, max: 6 }), (growth, perMonth, rate, power) => {
        const [a, b] = [monthly(perMonth, growth, rate), monthly(perMonth * 2 ** power, growth, rate * 2 ** power)];
        expect(b.crossing).toEqual(a.crossing);
        expect(b.headroom).toBeCloseTo(a.headroom ?? Number.NaN, 9);
        expect(b.more.map(({ replicas }) => replicas)).toEqual(a.more.map(({ replicas }) => replicas));
      }),
      { numRuns: 30 },
    );
  });

  it('never says a date where demand does not grow', () => {
    expect(monthly(1_000, 0, 3).crossing).toEqual({
      certified: null,
      certifiedByGrowth: null,
      earliest: null,
      likely: null,
      latest: null,
    });
    expect(monthly(1_000, -0.02, 3).crossing?.certified).toBeNull();
  });

  it('asks for as many copies as demand over certified rate, rounded up', () => {
    const { more } = forecastOf(
      demandOf({ perMonth: 730.5 * 3600 }, { growth: 0, peakFactor: 2 }, NOW),
      capacity(3),
      3,
    );
    expect(more.map(({ share, replicas }) => [share, replicas])).toEqual([
      [0, 2],
      [0.25, 3],
      [0.5, 3],
      [1, 4],
      [3, 8],
      [0, 2],
      [0, 2],
      [0, 2],
    ]);
  });

  it('has no headroom where there is no certified rate, and no dates', () => {
    const forecast = monthly(10_000, 0.05, null);
    expect(forecast).toMatchObject({ certified: null, headroom: null, crossing: null, sensitivity: [] });
    expect(forecast.more.every(({ replicas }) => replicas === null)).toBe(true);
    expect(validatorOf('forecast')(forecast)).toBe(true);
  });

  it('warns where whole conversations did not meet the SLO', () => {
    const unconfirmed = { ...capacity(3), confirmation: { met: false } as NonNullable<Capacity['confirmation']> };
    const { warnings } = forecastOf(demandOf({ perMonth: 1_000 }, { growth: 0, peakFactor: 2 }, NOW), unconfirmed);
    expect(warnings).toEqual([{ code: 'objective-missed' }]);
  });
});

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
