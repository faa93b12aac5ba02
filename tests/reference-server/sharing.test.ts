import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { law } from '../../scripts/reference-server/generation/law.ts';
import { Sharing } from '../../scripts/reference-server/generation/sharing.ts';
import { random } from '../../scripts/reference-server/random.ts';
import { mean, meanError, poisson, simulate, sojourns, steady } from './simulate.ts';

const NO_LIMIT = Number.POSITIVE_INFINITY;

describe('processor sharing', () => {
  const sharing = (slowdown: number, arrivals: Iterable<number>, work: () => number, lateMs = 0) =>
    simulate((schedule) => new Sharing(slowdown, NO_LIMIT, schedule), arrivals, work, lateMs);

  it('serves one alone at full speed, and two at the shared one', () => {
    const [first, second] = sharing(0.5, [0, 10], () => 20);
    // Alone for 10 of 20; then both at 1/1.5 until the first has its other 10; then the second alone.
    expect(first?.endedAt).toBeCloseTo(25, 9);
    expect(second?.endedAt).toBeCloseTo(35, 9);
  });

  it('has a p95 of 8 s at the published 2.828 per second (mean 2 s, cv 0.6, 8% each)', () => {
    const service = law({ law: 'log-normal', meanMs: 2_000, cv: 0.6 });
    const works = random(9);
    const late = steady(sojourns(sharing(0.08, poisson(2.828, 60_000, random(10)), () => service(works)))).map(
      (time) => (time > 8_000 ? 1 : 0),
    );
    expect(Math.abs(mean(late) - 0.05)).toBeLessThan(3 * meanError(late));
  });

  it('ends everything at its own time, however late the timers are', () => {
    const arrivals = [...poisson(5, 2_000, random(12))];
    const works = () => {
      const next = random(13);
      return () => 100 * next() + 1;
    };
    const punctual = sharing(0.3, arrivals, works());
    const late = sharing(0.3, arrivals, works(), 400);
    for (const [index, { arrivedAt, endedAt }] of late.entries()) {
      expect(endedAt).toBeGreaterThan(arrivedAt);
      expect(endedAt).toBeCloseTo(punctual[index]?.endedAt ?? 0, 6);
    }
  });

  it('does not lose work', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 1, maxLength: 40 }), (gaps) => {
        let at = 0;
        const arrivals = gaps.map((gap) => (at += gap));
        for (const { arrivedAt, endedAt, workMs } of sharing(0.2, arrivals, () => 15)) {
          expect(endedAt - arrivedAt).toBeGreaterThanOrEqual(workMs - 1e-6);
          expect(endedAt - arrivedAt).toBeLessThanOrEqual(workMs * (1 + 0.2 * gaps.length) + 1e-6);
        }
      }),
    );
  });
});
