import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capacity } from '../../../contracts/generated/capacity.ts';
import { demandOf } from '../../../scripts/capacity/demand/demand.ts';
import { forecastOf } from '../../../scripts/capacity/demand/forecast.ts';
import { planningFacts, planningSentence } from '../../../scripts/capacity/report/planning-text.ts';
import { validatorOf } from '../../../scripts/foundation/schema/validator.ts';
import { capacity, monthly, NOW } from './made-demand.ts';

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

  it('has the date of what is carried at least, and no others', () => {
    const least = { ...capacity(15), lambdaHat: null, lambdaHatCI90: null };
    const forecast = forecastOf(demandOf({ perMonth: 730.5 * 3600 }, { growth: 0.05, peakFactor: 2 }, NOW), least);
    expect(forecast.crossing).toEqual({ certified: '2028-06-19', certifiedByGrowth: null });
    expect(planningFacts(forecast).map(([name]) => name)).not.toContain('SLO missed, most likely');
    expect(planningSentence(forecast)).toContain('exceeds the certified rate in the week of 2028-06-19');
    expect(validatorOf('forecast')(forecast), JSON.stringify(validatorOf('forecast').errors)).toBe(true);
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
