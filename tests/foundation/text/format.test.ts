import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { GateResult } from '../../../contracts/generated/result.ts';
import {
  bytes,
  clock,
  duration,
  estimate,
  exactDuration,
  gateLimit,
  gateObserved,
  instant,
  interval,
  narrowInterval,
  perSecond,
  perSecondOf,
  plural,
  share,
  shareOf,
} from '../../../scripts/foundation/text/format.ts';

test.each([
  [0, '0 ms'],
  [0.4231, '0.42 ms'],
  [4.24, '4.2 ms'],
  [9.96, '10 ms'],
  [742.4, '742 ms'],
  [999.6, '1.00 s'],
  [1236, '1.24 s'],
  [12_400, '12.4 s'],
  [99_960, '100 s'],
  [599_400, '599 s'],
  [725_000, '12 min 5 s'],
  [3_599_900, '1 h 0 min'],
  [7_500_000, '2 h 5 min'],
  [-20, '−20 ms'],
])('duration of %d ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test.each([
  [250, '250 ms'],
  [1500, '1.5 s'],
  [15_000, '15 s'],
])('exactDuration of %d ms is %s', (ms, text) => {
  expect(exactDuration(ms)).toBe(text);
});

test.each([
  [0, '0%'],
  [0.000_04, '< 0.01%'],
  [0.0005, '0.05%'],
  [0.0123, '1.2%'],
  [0.9952, '99.52%'],
  [0.999_96, '> 99.99%'],
  [1, '100%'],
])('share of %d is %s', (value, text) => {
  expect(share(value)).toBe(text);
});

test.each([
  [() => clock(65_000), '1:05'],
  [() => clock(7_800_000), '2:10:00'],
  [() => clock(-1000), '−0:01'],
  [() => instant(Date.UTC(2026, 10, 23, 5, 48, 53)), '2026-11-23 05:48:53 UTC'],
  [() => bytes(182_354), '182 kB'],
  [() => bytes(131e6), '131 MB'],
  [() => bytes(1.5e9), '1.50 GB'],
  [() => perSecond(7.4449), '7.44/s'],
  [() => perSecond(1234.5), '1,235/s'],
  [() => perSecondOf(2.104, 'turns'), '2.1 turns/s'],
  [() => perSecond(0.000_417), '0.000417/s'],
  [() => plural(1, 'turn'), '1 turn'],
  [() => plural(1200, 'turn'), '1,200 turns'],
])('%s', (write, text) => {
  expect(write()).toBe(text);
});

describe('an estimate', () => {
  test.each([
    [{ value: 1240, lower: 1180, upper: 1310 }, '1.24 s', '[1.18 s, 1.31 s]', '1.18–1.31 s'],
    [{ value: 1240, lower: 742, upper: 1310 }, '1.24 s', '[742 ms, 1.31 s]', '742 ms–1.31 s'],
    [{ value: 6e5, lower: 5e5, upper: 7e5 }, '10 min 0 s', '[500 s, 11 min 40 s]', '500 s–11 min 40 s'],
    [{ value: 1240, lower: 1180, upper: null }, '1.24 s', '[1.18 s, ∞]', '1.18 s–∞'],
    [{ value: 1240, lower: null, upper: 1310 }, '1.24 s', '[0, 1.31 s]', '0–1.31 s'],
    [{ value: 20_000, lower: 9000, upper: null, censored: true }, '≥ 20.0 s', '[9.00 s, ∞]', '9.00 s–∞'],
    [{ value: null, lower: null, upper: null, needs: 299 }, 'not known (needs 299)', '', ''],
    [{ value: null, lower: 0, upper: null }, 'not known', '', ''],
    [{ value: 9, lower: 9, upper: 9 }, '9.0 ms', '', ''],
  ])('%j', (it, value, range, narrow) => {
    expect([estimate(it), interval(it), narrowInterval(it)]).toEqual([value, range, narrow]);
  });

  test('of a share without a sample', () => {
    expect(shareOf({ k: 0, n: 0, value: null, lower: null, upper: null })).toBe('not known (0 turns)');
  });
});

describe('a gate', () => {
  const gate = (metric: string, limit: number, value: number): GateResult => ({
    metric,
    op: '<',
    limit,
    observed: { value, lower: null, upper: null },
    verdict: 'fail',
    n: 1,
    nEffective: 1,
    minSample: 1,
    reason: 'missed',
  });

  test.each([
    ['latency.p95', 15_000, '< 15 s'],
    ['errors.share', 0.01, '< 1%'],
    ['violations.count', 0, '< 0'],
  ])('limit of %s', (metric, limit, text) => {
    expect(gateLimit({ metric, op: '<', limit })).toBe(text);
  });

  it('is not rounded onto its limit', () => {
    expect(gateObserved(gate('latency.p95', 15_000, 15_003))).toBe('15.003 s');
    expect(gateObserved(gate('errors.share', 0.01, 0.010_04))).toBe('1.004%');
  });

  it('shows a difference wherever there is one', () => {
    const milliseconds = fc.integer({ min: 1, max: 120_000 });
    fc.assert(
      fc.property(milliseconds, milliseconds, (limit, value) => {
        fc.pre(limit !== value);
        expect(gateObserved(gate('latency.p95', limit, value))).not.toBe(exactDuration(limit));
      }),
    );
  });
});

test('only an exact share is written as none or all', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true, minExcluded: true, maxExcluded: true }), (value) => {
      expect(share(value)).not.toMatch(/^(0|100)(\.0+)?%$/);
    }),
  );
});
