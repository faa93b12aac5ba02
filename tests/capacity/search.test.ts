import { describe, expect, it } from 'vitest';
import { random } from '../../contracts/random.ts';
import type { Findings } from '../../scripts/capacity/findings.ts';
import { capacitySearch } from '../../scripts/capacity/procedure.ts';
import { type Rung, type RungRecord, rungTurns } from '../../scripts/capacity/rung.ts';
import {
  type SimulationOptions,
  simulatedBadShare,
  simulateRung,
  simulateSearch,
} from '../../scripts/capacity/simulate/simulate.ts';
import type { System } from '../../scripts/capacity/simulate/system.ts';
import { SYSTEMS } from '../../scripts/capacity/simulate/systems.ts';
import { parseSlo } from '../../scripts/capacity/slo.ts';

function system(name: string): System {
  const found = SYSTEMS.find((it) => it.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

/** A search whose rungs something answers. */
function searchWith(
  answer: (rung: Rung, number: number) => RungRecord,
  {
    budget = 3_000,
    slo = 'p95<8s',
    saturate = true,
    maxRate,
  }: { budget?: number; slo?: string; saturate?: boolean; maxRate?: number } = {},
): { found: Findings; asked: Rung[] } {
  const settings = { slo: parseSlo(slo), seed: 1, budget, saturate, ...(maxRate === undefined ? {} : { maxRate }) };
  const search = capacitySearch(settings);
  const asked: Rung[] = [];
  let step = search.next();
  while (!step.done) {
    asked.push(step.value);
    step = search.next(answer(step.value, asked.length));
  }
  return { found: step.value, asked };
}

const LN8 = system('LN8');
const simulated = (rung: Rung, number: number, of = LN8): RungRecord =>
  simulateRung(of, rung, 8_000, random(7, number));

describe('the simulator', () => {
  it.each([
    ['MM8', 0.05, 0.01],
    ['LN32', 0.05, 0.012],
    ['PS', 0.05, 0.005],
  ])('serves %s so that its capacity is the one it is said to have', (name, share, tolerance) => {
    const it = system(name);
    expect(Math.abs(simulatedBadShare(it, it.truth, 200_000, 5) - share)).toBeLessThan(tolerance);
  });
});

describe('a capacity search', () => {
  it.each(SYSTEMS.filter(({ name }) => !['LN8t', 'PS 3 %', 'Pareto16'].includes(name)))('finds $name', (it) => {
    const found = simulateSearch(it, { seed: 4, budget: 3_000 });
    expect(found.spent).toBeLessThanOrEqual(3_000);
    expect(found.reason).not.toBe('');
    if (found.posterior === null) return;
    expect(Math.abs(Math.log(found.posterior.quantile(0.5) / it.truth))).toBeLessThan(0.25);
  });

  it('certifies a rate that holds in most searches', () => {
    const options: SimulationOptions[] = Array.from({ length: 5 }, (_, index) => ({
      seed: 100 + index,
      budget: 3_000,
    }));
    const certified = options.map((it) => simulateSearch(LN8, it).certified).filter((rate) => rate !== null);
    expect(certified.length).toBeGreaterThanOrEqual(4);
    expect(certified.filter((rate) => rate <= LN8.truth).length).toBeGreaterThanOrEqual(certified.length - 1);
  });

  it('is the same for the same seed', () => {
    const of = (seed: number) => simulateSearch(system('LN2'), { seed, budget: 1_500 });
    expect(of(3)).toMatchObject({ certified: of(3).certified, spent: of(3).spent });
    expect(of(3).certified).not.toBe(of(4).certified);
  });

  it.each([200, 700, 1_600])('never asks for more than a budget of %i turns', (budget) => {
    const { found, asked } = searchWith(simulated, { budget });
    expect(asked.reduce((sum, rung) => sum + rungTurns(rung), 0)).toBeLessThanOrEqual(budget);
    expect(found.spent).toBeLessThanOrEqual(budget);
  });

  it('does not saturate where it must not, and stays below the highest rate that may be tried', () => {
    const { found, asked } = searchWith(simulated, { saturate: false, maxRate: 1 });
    const open = asked.filter((rung) => rung.kind === 'open');
    expect(asked.filter((rung) => rung.kind === 'closed').every(({ concurrency }) => concurrency === 1)).toBe(true);
    expect(Math.max(...open.map(({ rate }) => rate))).toBe(1);
    expect(found).toMatchObject({ boundary: 'not-reached', certified: 1, xMax: null });
  });
});

describe('the label of a search', () => {
  it('is ill-posed where the limit lies at the unloaded percentile', () => {
    const labels = [1, 2, 3, 4, 5].map((seed) => simulateSearch(system('LN8t'), { seed, budget: 3_000 }).boundary);
    expect(labels.filter((label) => label === 'ill-posed').length).toBeGreaterThanOrEqual(2);
  });

  it('is infeasible where one turn at a time already misses the SLO', () => {
    const { found, asked } = searchWith(simulated, { slo: 'p95<1s' });
    expect(found).toMatchObject({ boundary: 'infeasible', certified: null });
    expect(asked).toHaveLength(1);
  });

  it('is rate-limiter, with its threshold, as soon as turns are refused', () => {
    const limited = (rung: Rung, number: number): RungRecord => {
      const record = simulated(rung, number);
      if (rung.kind === 'closed' && rung.concurrency < 8) return record;
      const turns = record.turns.map((turn, index) =>
        index % 2 ? { ...turn, outcome: 'failed' as const, status: 429 } : turn,
      );
      return { ...record, turns };
    };
    const { found, asked } = searchWith(limited);
    expect(found).toMatchObject({ boundary: 'rate-limiter', certified: null });
    expect(found.threshold).toBeGreaterThan(0);
    expect(asked.at(-1)).toMatchObject({ kind: 'closed', concurrency: 8 });
  });

  it('is drifting where the service leaks', () => {
    let sent = 0;
    const leaking = (rung: Rung, number: number): RungRecord => {
      const slower = 1 + 0.001 * sent;
      sent += rungTurns(rung);
      return simulated(rung, number, { ...LN8, service: (draw) => LN8.service(draw) * slower });
    };
    expect(searchWith(leaking).found).toMatchObject({ boundary: 'drifting', certified: null });
  });

  it('is not-reached, with the reason, where the service stops the search', () => {
    const stop = { code: 'key-refused', reason: 'the service refuses the key (401)' } as const;
    const { found } = searchWith((rung, number) => ({ ...simulated(rung, number), ...(number < 3 ? {} : { stop }) }));
    expect(found).toMatchObject({ boundary: 'not-reached', reason: stop.reason, certified: null });
  });
});

describe('a void rung', () => {
  const voidAt = (which: (number: number) => boolean, why: 'late' | 'interrupted') =>
    searchWith((rung, number) => ({ ...simulated(rung, number), void: which(number) ? why : null }));

  it('is run again, and its turns are spent', () => {
    const { found, asked } = voidAt((number) => number === 2, 'late');
    expect(asked[2]).toBe(asked[1]);
    expect(found.voids).toBe(1);
    expect(found.spent).toBeGreaterThanOrEqual(asked.slice(0, 3).reduce((sum, rung) => sum + rungTurns(rung), 0));
  });

  it('ends the search when the generator is late again and again', () => {
    const { found } = voidAt((number) => number >= 2, 'late');
    expect(found).toMatchObject({ boundary: 'not-reached', certified: null });
    expect(found.reason).toContain('machine');
  });

  it('does not end it for being interrupted often', () => {
    expect(voidAt((number) => number >= 2 && number < 8, 'interrupted').found.reason).not.toContain('machine');
  });
});
