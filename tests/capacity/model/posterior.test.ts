import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { posterior } from '../../../scripts/capacity/model/posterior.ts';

/** A logit that grows by 5 where the logarithm of the rate grows by 1. */
const GROWTH = { from: -1, step: 0.5, logits: Float64Array.of(-5, -2.5, 0, 2.5, 5), slope: 5 };
const PRIOR = { rate: 10, sd: 0.35, most: 20, idle: { n: 100, bad: 2 }, growth: GROWTH };
const level = (rate: number, bad: number, inflation = 1.6) => ({ rate, n: 270, bad, inflation, bias: 0 });

describe('posterior', () => {
  it('is the prior without levels', () => {
    const belief = posterior([], PRIOR, 0.05);
    expect(belief.quantile(0.5)).toBeGreaterThan(9.5);
    expect(belief.quantile(0.5)).toBeLessThan(10.1);
    expect(belief.sd).toBeGreaterThan(0.3);
  });

  it('never believes in more than is possible', () => {
    const belief = posterior([level(19, 0), level(19.5, 0)], PRIOR, 0.05);
    expect(belief.quantile(0.999)).toBeLessThanOrEqual(20.2);
  });

  it('lies between a level that kept the SLO and one that did not', () => {
    const belief = posterior([level(9, 5), level(10, 40)], PRIOR, 0.05);
    expect(belief.quantile(0.5)).toBeGreaterThan(8.5);
    expect(belief.quantile(0.5)).toBeLessThan(10);
  });

  it('is wider where turns are less independent', () => {
    const levels = (inflation: number) => [level(9, 8, inflation), level(10, 20, inflation)];
    expect(posterior(levels(10), PRIOR, 0.05).sd).toBeGreaterThan(posterior(levels(1), PRIOR, 0.05).sd);
  });

  it('believes in less the more turns are bad, and in more bad turns at a higher rate', () => {
    const bads = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(bads, fc.integer({ min: 20, max: 60 }), (counts, more) => {
        const of = (extra: number) =>
          posterior(
            counts.map((bad, index) => level(8 + index, bad + extra)),
            PRIOR,
            0.05,
          );
        const [fewer, many] = [of(0), of(more)];
        // Slope and floor give way, too: a few bad turns more at all rates alike may be taken for those.
        expect(many.quantile(0.5)).toBeLessThanOrEqual(1.02 * fewer.quantile(0.5));
        expect(fewer.quantile(0.05)).toBeLessThanOrEqual(fewer.quantile(0.95));
        expect(fewer.badAt(9, 0.5)).toBeLessThanOrEqual(fewer.badAt(11, 0.5));
      }),
      { numRuns: 30 },
    );
  });
});
