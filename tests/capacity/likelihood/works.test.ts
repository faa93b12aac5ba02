import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import { latenciesOf, type Structure } from '../../../scripts/capacity/likelihood/structure.ts';
import { trafficOf, worksOf } from '../../../scripts/capacity/likelihood/works.ts';
import type { RungTurn } from '../../../scripts/capacity/measure/rung.ts';
import { unitPoisson } from '../../../scripts/capacity/model/queue.ts';

const STRUCTURES: readonly Structure[] = [
  { parallel: 1, slowdown: 0 },
  { parallel: 8, slowdown: 0 },
  { parallel: 8, slowdown: 0.05 },
  { parallel: Number.POSITIVE_INFINITY, slowdown: 0.1 },
];

/** Poisson turns near what the structure can do, and what each takes alone. */
function served(structure: Structure): { works: Float64Array; turns: RungTurn[] } {
  const draw = random(3);
  const works = Float64Array.from({ length: 400 }, () => -1_000 * Math.log(1 - draw()));
  const rate = 0.9 * (Number.isFinite(structure.parallel) ? structure.parallel / (1 + structure.slowdown * 7) : 8);
  const arrivals = unitPoisson(400, random(4)).map((at) => (1_000 * at) / rate);
  const latencies = latenciesOf(structure, arrivals, works);
  return {
    works,
    turns: Array.from(arrivals, (atMs, i) => ({
      atMs,
      latencyMs: latencies[i] ?? 0,
      outcome: 'answered',
      status: 200,
    })),
  };
}

describe('worksOf', () => {
  it.each(STRUCTURES)('finds what each turn takes alone again: %j', (structure) => {
    const { works, turns } = served(structure);
    const found = worksOf(trafficOf(turns), structure);
    expect(found.impossible).toBe(0);
    for (const [i, work] of found.works.entries()) {
      if (!Number.isNaN(work)) expect(Math.abs(work - (works[i] ?? 0))).toBeLessThan(1e-6);
    }
    expect(found.works.filter(Number.isNaN).length).toBeLessThan(20);
  });

  it('counts turns that were answered before the structure would have begun them', () => {
    const { turns } = served({ parallel: 8, slowdown: 0 });
    expect(worksOf(trafficOf(turns), { parallel: 4, slowdown: 0 }).impossible).toBeGreaterThan(10);
  });

  it('does not hold it against a structure that a waiting turn was given up', () => {
    const turns: RungTurn[] = [
      { atMs: 0, latencyMs: 1_000, outcome: 'answered', status: 200 },
      { atMs: 10, latencyMs: 100, outcome: 'failed', status: 0 },
      { atMs: 20, latencyMs: 1_980, outcome: 'answered', status: 200 },
    ];
    const { works, impossible } = worksOf(trafficOf(turns), { parallel: 1, slowdown: 0 });
    expect(impossible).toBe(0);
    expect([...works]).toEqual([1_000, Number.NaN, 1_000]);
  });

  it('does not take the next turn for one that met the last, where clocks differ by less than a millisecond', () => {
    const turns: RungTurn[] = Array.from({ length: 40 }, (_, i) => ({
      atMs: 100 * Math.floor(i / 4) - (i % 4) / 10,
      latencyMs: 100.1 + (i % 3) / 10,
      outcome: 'answered',
      status: 200,
    }));
    expect(Math.max(...trafficOf(turns).found)).toBe(3);
  });

  it('forbids that turns which came together and ended together were more than are served at once', () => {
    const turns: RungTurn[] = Array.from({ length: 40 }, (_, i) => ({
      atMs: 101 * Math.floor(i / 4) + (i % 4) / 10,
      latencyMs: 100 + ((i * 7) % 4) / 4,
      outcome: 'answered',
      status: 200,
    }));
    const traffic = trafficOf(turns);
    expect(worksOf(traffic, { parallel: 4, slowdown: 0 }).impossible).toBe(0);
    expect(worksOf(traffic, { parallel: 3, slowdown: 0 }).impossible).toBeGreaterThanOrEqual(9);
  });

  it('does not ask turns that came at one time, of which any may have been first', () => {
    const turns = [3_000, 1_000, 2_000].map(
      (latencyMs) => ({ atMs: 0, latencyMs, outcome: 'answered', status: 200 }) as const,
    );
    const { works, impossible } = worksOf(trafficOf(turns), { parallel: 1, slowdown: 0 });
    expect(impossible).toBe(0);
    expect(works.every(Number.isNaN)).toBe(true);
  });

  it('knows what turns took that came at one time where all of them began at once', () => {
    const turns = [3_000, 1_000, 2_000].map(
      (latencyMs) => ({ atMs: 0, latencyMs, outcome: 'answered', status: 200 }) as const,
    );
    expect([...worksOf(trafficOf(turns), { parallel: 3, slowdown: 0 }).works]).toEqual([3_000, 1_000, 2_000]);
    expect(worksOf(trafficOf(turns), { parallel: 2, slowdown: 0 }).works.every(Number.isNaN)).toBe(true);
  });
});
