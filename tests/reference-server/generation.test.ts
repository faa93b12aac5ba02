import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fifo } from '../../scripts/reference-server/generation/fifo.ts';
import { law } from '../../scripts/reference-server/generation/law.ts';
import { random } from '../../scripts/reference-server/random.ts';
import { erlangC, meanSojourn, type Queue, sojournQuantile, sojournTail } from './queueing.ts';
import { even, mean, meanError, type Passage, poisson, quantile, simulate, sojourns, steady } from './simulate.ts';

const NO_LIMIT = Number.POSITIVE_INFINITY;

function fifo(servers: number, arrivals: Iterable<number>, work: () => number): Passage[] {
  return simulate((schedule) => new Fifo(servers, NO_LIMIT, schedule), arrivals, work);
}

describe('the formulas', () => {
  it.each([
    // c, S, rho, C, E[T], p50, p95
    [1, 3, 0.5, 0.5, 6.0, 4.1589, 17.9744],
    [2, 3, 0.7, 0.5765, 5.8824, 4.3534, 16.6366],
    [4, 2, 0.8, 0.5964, 3.4911, 2.6924, 9.476],
    [8, 3, 0.6, 0.1395, 3.1308, 2.2288, 9.1715],
    [8, 3, 0.9, 0.7015, 5.6307, 4.4681, 14.7754],
    [16, 1, 0.9, 0.5913, 1.3696, 1.078, 3.6235],
    [32, 3, 0.9, 0.4582, 3.4296, 2.5673, 9.5543],
  ])('give the published table at c=%i, S=%f, rho=%f', (servers, service, rho, waits, average, p50, p95) => {
    const queue = { servers, serviceRate: 1 / service, arrivalRate: (rho * servers) / service };
    expect(erlangC(queue)).toBeCloseTo(waits, 4);
    expect(meanSojourn(queue)).toBeCloseTo(average, 3);
    expect(sojournQuantile(queue, 0.5)).toBeCloseTo(p50, 3);
    expect(sojournQuantile(queue, 0.95)).toBeCloseTo(p95, 3);
  });
});

describe('first come, first served', () => {
  const COUNT = 60_000;

  it.each([
    [1, 60],
    [2, 60],
    [4, 60],
    [8, 60],
    [16, 60],
  ])('M/M/%i at rho 0.6 meets the formulas within 3 standard errors', (servers, meanMs) => {
    const queue: Queue = { servers, serviceRate: 1 / meanMs, arrivalRate: (0.6 * servers) / meanMs };
    const service = law({ law: 'exponential', meanMs });
    const [arrivals, works] = [random(1, servers), random(2, servers)];
    const passages = steady(fifo(servers, poisson(queue.arrivalRate * 1_000, COUNT, arrivals), () => service(works)));
    const times = sojourns(passages);
    expect(Math.abs(mean(times) - meanSojourn(queue))).toBeLessThan(3 * meanError(times));
    for (const share of [0.5, 0.95]) {
      // The share beyond the true quantile is a mean, so its error is known, too.
      const limit = sojournQuantile(queue, share);
      const beyond = times.map((time) => (time > limit ? 1 : 0));
      expect(Math.abs(mean(beyond) - (1 - share))).toBeLessThan(3 * meanError(beyond));
    }
    const waited = passages.map(({ arrivedAt, beganAt }) => (beganAt > arrivedAt ? 1 : 0));
    expect(Math.abs(mean(waited) - erlangC(queue))).toBeLessThan(3 * meanError(waited));
  });

  it.each([
    [2, 0.6],
    [8, 0.6],
    [8, 0.8],
  ])('M/G/%i with cv 0.6 at rho %f has the p95 of the approximation within 2 percent', (servers, rho) => {
    const [meanMs, cv] = [60, 0.6];
    const service = law({ law: 'log-normal', meanMs, cv });
    const queue: Queue = { servers, serviceRate: 1 / meanMs, arrivalRate: (rho * servers) / meanMs };
    const [arrivals, works] = [random(3, servers), random(4, servers)];
    const times = steady(
      sojourns(fifo(servers, poisson(queue.arrivalRate * 1_000, 3 * COUNT, arrivals), () => service(works))),
    );
    // P(W > t) = C exp(-2 theta t / (1 + cv^2)), W and S independent: drawn instead of convolved.
    const theta = (2 * (servers / meanMs - queue.arrivalRate)) / (1 + cv * cv);
    const [waits, draws] = [erlangC(queue), random(5, servers)];
    const approximated = Array.from({ length: 3 * COUNT }, () => {
      const wait = draws() < waits ? -Math.log(1 - draws()) / theta : 0;
      return wait + service(draws);
    });
    expect(quantile(times, 0.95) / quantile(approximated, 0.95)).toBeCloseTo(1, 1.5);
  });

  it('even arrivals wait less than Poisson ones', () => {
    const service = law({ law: 'log-normal', meanMs: 60, cv: 0.6 });
    const perSecond = (0.8 * 2 * 1_000) / 60;
    const works = random(6);
    const p95 = (arrivals: Iterable<number>) => quantile(sojourns(fifo(2, arrivals, () => service(works))), 0.95);
    expect(p95(poisson(perSecond, COUNT, random(7)))).toBeGreaterThan(1.3 * p95(even(perSecond, COUNT)));
  });

  it("obeys Little's law", () => {
    const passages = fifo(8, poisson(80, COUNT, random(8)), () => 60);
    const inFlight = timeAverage(passages);
    const span = (passages.at(-1)?.arrivedAt ?? 0) - (passages[0]?.arrivedAt ?? 0);
    const perMs = passages.length / span;
    expect(inFlight / (perMs * mean(sojourns(passages)))).toBeCloseTo(1, 2);
  });

  it('serves each job in its order, whole, and never leaves a server idle while one waits', () => {
    const jobs = fc.array(
      fc.tuple(fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: 0.1, max: 50, noNaN: true })),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), jobs, (servers, gaps) => {
        let [at, index] = [0, 0];
        const arrivals = gaps.map(([gap]) => (at += gap));
        const passages = fifo(servers, arrivals, () => gaps[index++]?.[1] ?? 0);
        // Kiefer-Wolfowitz: each job begins when it has come and the server that is free first is free.
        const free = Array<number>(servers).fill(0);
        for (const { arrivedAt, beganAt, endedAt, workMs } of passages) {
          free.sort((a, b) => a - b);
          expect(beganAt).toBeCloseTo(Math.max(arrivedAt, free[0] ?? 0), 6);
          expect(endedAt).toBeCloseTo(beganAt + workMs, 6);
          free[0] = endedAt;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('refuses what does not fit its queue', () => {
    const due: (() => void)[] = [];
    const queue = new Fifo(1, 2, (_, run) => due.push(run));
    const job = { workMs: 1, submittedAt: 0, began: () => undefined, ended: () => undefined };
    expect([1, 2, 3, 4].map(() => queue.submit(job))).toEqual([true, true, true, false]);
    expect([queue.inService, queue.waiting]).toEqual([1, 2]);
    due.shift()?.();
    expect(queue.submit(job)).toBe(true);
  });

  it('serves more at once after it was resized, from then on', () => {
    const queue = new Fifo(1, NO_LIMIT, () => undefined);
    const began: [number, number][] = [];
    for (let id = 0; id < 4; id++) {
      queue.submit({ workMs: 99, submittedAt: id, began: (at) => began.push([id, at]), ended: () => undefined });
    }
    queue.resize(3, 50);
    expect(began).toEqual([
      [0, 0],
      [1, 50],
      [2, 50],
    ]);
  });
});

/** Time average of the number in flight between the first arrival and the last. */
function timeAverage(passages: readonly Passage[]): number {
  const [from, until] = [passages[0]?.arrivedAt ?? 0, passages.at(-1)?.arrivedAt ?? 0];
  const areas = passages.map(({ arrivedAt, endedAt }) =>
    Math.max(0, Math.min(endedAt, until) - Math.max(arrivedAt, from)),
  );
  return areas.reduce((sum, area) => sum + area, 0) / (until - from);
}

it('the tail formula is a tail', () => {
  const queue = { arrivalRate: 1.6, serviceRate: 1 / 3, servers: 8 };
  expect(sojournTail(queue, 0)).toBeCloseTo(1, 9);
  expect(sojournTail(queue, 1_000)).toBeCloseTo(0, 9);
});
