import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import { infer } from '../../../scripts/capacity/likelihood/infer.ts';
import { drawLaw, lawOf } from '../../../scripts/capacity/likelihood/law.ts';
import type { RungTurn } from '../../../scripts/capacity/measure/rung.ts';
import { unitPoisson } from '../../../scripts/capacity/model/queue.ts';
import { simulateRung } from '../../../scripts/proofs/capacity/simulate/simulate.ts';
import type { System } from '../../../scripts/proofs/capacity/simulate/system.ts';
import { system } from '../search/scripted.ts';

/** Four rungs of Poisson arrivals around a rate. */
function rungsOf(of: System, rate: number, limitMs: number): RungTurn[][] {
  return [0.7, 0.9, 1, 1.1].map((share, number) => {
    const arrivals = Array.from(unitPoisson(300, random(5, number)), (at) => (1_000 * at) / (share * rate));
    const rung = { kind: 'open', rate: share * rate, jumpStart: 0, arrivals, skip: 0 } as const;
    return [...simulateRung(of, rung, limitMs, random(6, number)).turns];
  });
}

const LN8 = system('LN8');
const OBJECTIVE = { limitMs: 8_000, badShare: 0.05 };

describe('infer', () => {
  it.each([
    ['LN8', 8_000, 8],
    ['LN2', 10_000, 2],
  ])('finds how many turns %s serves at once, and so its capacity', (name, limitMs, parallel) => {
    const of = system(name);
    const found = infer(rungsOf(of, of.truth, limitMs), [], { limitMs, badShare: 0.05 }, 1);
    if ('misfit' in found) throw new Error(found.misfit.code);
    expect(found.structure).toMatchObject({ parallel, slowdown: 0 });
    expect(Math.abs(Math.log(found.posterior.quantile(0.5) / of.truth))).toBeLessThan(3 * found.posterior.sd);
    expect(found.posterior.certified).toBeLessThan(found.posterior.quantile(0.5));
    expect(found.posterior.badAt(0.8 * of.truth, 0.5)).toBeLessThan(found.posterior.badAt(1.1 * of.truth, 0.5));
  });

  it('finds that turns share a service, and how much each slows the others', () => {
    const found = infer(rungsOf(system('PS'), 2.828, 8_000), [], OBJECTIVE, 1);
    if ('misfit' in found) throw new Error(found.misfit.code);
    expect(found.structure.slowdown).toBeGreaterThan(0.05);
    expect(found.structure.slowdown).toBeLessThan(0.12);
  });

  it('does not know the capacity of a service that was never loaded', () => {
    expect(infer(rungsOf(LN8, 0.1, 8_000), [], OBJECTIVE, 1)).toMatchObject({ isFinal: false });
    expect(infer([], [], OBJECTIVE, 1)).toMatchObject({ misfit: { code: 'too-few-turns' } });
  });

  it('does not explain a service whose answers change whatever the load', () => {
    const faster = rungsOf(LN8, 2.4, 8_000).map((turns, rung) =>
      turns.map((turn) => ({ ...turn, latencyMs: turn.latencyMs * (2.5 - 0.5 * rung) })),
    );
    expect(infer(faster, [], OBJECTIVE, 1)).toMatchObject({ misfit: { code: expect.any(String) }, isFinal: true });
  });

  it('leaves it to the levels where more turns fail than the SLO allows', () => {
    const failing = rungsOf(LN8, 2.2, 8_000).map((turns) =>
      turns.map((turn, i) => (i % 12 === 0 ? { ...turn, outcome: 'failed' as const, status: 500 } : turn)),
    );
    expect(infer(failing, [], OBJECTIVE, 1)).toHaveProperty('misfit');
  });
});

describe('a drawn law', () => {
  const works = Array.from({ length: 500 }, (_, i) => i + 1);
  const mean = (law: Float64Array): number => law.reduce((sum, it) => sum + it, 0) / law.length;

  it('is the sample itself without a draw, and near it with one', () => {
    expect(mean(drawLaw(lawOf(works, [])))).toBeCloseTo(250.5, 0);
    const drawn = mean(drawLaw(lawOf(works, []), random(1)));
    expect(Math.abs(drawn - 250.5)).toBeLessThan(35);
    expect(drawn).not.toBe(mean(drawLaw(lawOf(works, []), random(2))));
  });

  it('reaches beyond the longest work where works have a tail, and not where they end', () => {
    const pareto = Array.from({ length: 500 }, (_, i) => (1 - (i + 0.5) / 500) ** (-1 / 2.5));
    const longest = (of: readonly number[], seed: number): number =>
      drawLaw(lawOf(of, []), random(seed), 'with-tail').at(-1) ?? 0;
    const beyond = (of: readonly number[]): number =>
      Array.from({ length: 9 }, (_, seed) => longest(of, seed) / (of.at(-1) ?? 1)).sort((x, y) => x - y)[4] ?? 0;
    expect(beyond(pareto)).toBeGreaterThan(1.15);
    expect(beyond(works)).toBeLessThan(1.05);
  });

  it('counts what was cut as longer', () => {
    const cut = Array.from({ length: 100 }, () => 300);
    expect(mean(drawLaw(lawOf(works, cut)))).toBeGreaterThan(mean(drawLaw(lawOf(works, []))) + 20);
  });
});
