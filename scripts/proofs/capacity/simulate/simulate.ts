import { type Random, random } from '../../../../contracts/random.ts';
import { isBad } from '../../../capacity/measure/level.ts';
import { isLevel, LevelWatch, type Rung, type RungRecord, type RungTurn } from '../../../capacity/measure/rung.ts';
import { unitPoisson } from '../../../capacity/model/queue.ts';
import { capacitySearch } from '../../../capacity/search/capacity-search.ts';
import type { Findings } from '../../../capacity/search/findings.ts';
import { parseSlo } from '../../../capacity/slo.ts';
import { type Served, serve } from './serve.ts';
import type { System } from './system.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly budget: number;
  readonly saturate?: boolean;
  readonly levelsOnly?: boolean;
}

/** A whole search of a simulated system, in virtual time. */
export function simulateSearch(
  system: System,
  { seed, budget, saturate = true, levelsOnly = false }: SimulationOptions,
): Findings {
  const slo = parseSlo(system.slo);
  const search = capacitySearch({ slo, seed, budget, saturate, ...(levelsOnly && { levelsOnly }) });
  let number = 0;
  let step = search.next();
  while (!step.done) {
    step = search.next(simulateRung(system, step.value, slo.limitMs, random(seed, STREAM, number++)));
  }
  return step.value;
}

const STREAM = 0x51;

/** What a rung would have seen of a system, ended early where the rules end it. */
export function simulateRung(system: System, rung: Rung, limitMs: number, draw: Random): RungRecord {
  const turns = rung.kind === 'open' ? openTurns(system, rung.arrivals, draw) : closedTurns(system, rung, draw);
  const until = isLevel(rung) ? abortMs(turns.slice(rung.skip), limitMs) : undefined;
  const whole = { lateShare: 0, void: null, aborted: until !== undefined };
  return { ...whole, turns: until === undefined ? turns : cut(turns, until, limitMs) };
}

function openTurns(system: System, arrivals: readonly number[], draw: Random): RungTurn[] {
  return turnsOf(serve(system, arrivals, draw));
}

function closedTurns(
  system: System,
  { concurrency, turns }: { concurrency: number; turns: number },
  draw: Random,
): RungTurn[] {
  let left = turns - Math.min(concurrency, turns);
  const first = Array.from({ length: turns - left }, () => 0);
  return turnsOf(serve(system, first, draw, (endMs) => (left-- > 0 ? endMs : undefined)));
}

const turnsOf = ({ atMs, latencyMs, status: statuses }: Served): RungTurn[] =>
  atMs.map((at, index) => {
    const status = statuses[index] ?? 0;
    return { atMs: at, latencyMs: latencyMs[index] ?? 0, outcome: status === 200 ? 'answered' : 'failed', status };
  });

/** When a live watch would have ended the rung. */
function abortMs(turns: readonly RungTurn[], limitMs: number): number | undefined {
  const watch = new LevelWatch();
  const byEnd = [...turns].sort((a, b) => a.atMs + a.latencyMs - b.atMs - b.latencyMs);
  const last = byEnd.find((turn) => watch.settle(isBad(turn, limitMs)));
  return last === undefined ? undefined : last.atMs + last.latencyMs;
}

function cut(turns: readonly RungTurn[], untilMs: number, limitMs: number): RungTurn[] {
  return turns
    .filter(({ atMs }) => atMs <= untilMs)
    .map((turn) => {
      const waited = untilMs - turn.atMs;
      if (turn.latencyMs <= waited) return turn;
      const outcome = waited > limitMs ? 'failed' : 'unknown';
      return { atMs: turn.atMs, latencyMs: waited, outcome, status: 0 } as const;
    });
}

/** Share of bad turns of a system under Poisson arrivals, by one long simulation. */
export function simulatedBadShare(system: System, rate: number, turns: number, seed: number): number {
  const { limitMs } = parseSlo(system.slo);
  const unit = unitPoisson(turns, random(seed, 1));
  const arrivals = Array.from(unit, (at) => (at * 1000) / rate);
  const { latencyMs } = serve(system, arrivals, random(seed, 2));
  const warm = latencyMs.slice(turns / 20);
  return warm.filter((ms) => ms > limitMs).length / warm.length;
}

/** The capacity of a system, by bisection over long simulations with common random numbers. */
export function simulatedTruth(system: System, turns: number, seed: number): number {
  const { badShare } = parseSlo(system.slo);
  let low = system.truth * 0.7;
  let high = system.truth * 1.4;
  for (let step = 0; step < 14; step++) {
    const middle = (low + high) / 2;
    if (simulatedBadShare(system, middle, turns, seed) <= badShare) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
