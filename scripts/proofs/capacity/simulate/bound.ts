import { random } from '../../../../contracts/random.ts';
import { capacityOf, type Draws, drawsOf, type Service } from '../../../capacity/likelihood/service.ts';
import { parseSlo } from '../../../capacity/slo.ts';
import { tailBelow } from '../../../foundation/statistics/normal.ts';
import type { RandomSystem } from './random-systems.ts';

const SAMPLES = 24;
const TURNS = 30_000;
const WITHIN = 0.1;
const STREAM = 0x74;
let draws: Draws | undefined;

/** How near to the capacity of a system one comes who knows its structure, and takes the law of its works from so many of them. */
export interface Bound {
  /** Root mean square of ln(estimate / truth). */
  readonly error: number;
  /** Share of estimates within 10 %, by a normal law of that error. */
  readonly within: number;
}

/**
 * What no search can beat that assumes no form of the law: it sees works as every search does, but need not find out how many
 * are served at once, nor how they slow each other down. Undefined for systems that are not of the family.
 */
export function boundOf(system: RandomSystem, turns: number, number: number): Bound | undefined {
  const { structure, service } = system;
  if (structure === undefined) return undefined;
  const objective = parseSlo(system.slo);
  draws ??= drawsOf(TURNS, STREAM);
  const simulated = draws;
  const draw = random(STREAM, number);
  const of = (count: number): Service => ({
    structure,
    law: Float64Array.from({ length: count }, () => service(draw)).sort(),
  });
  // Against a large sample in the same simulation, so that what is left is due to the sample.
  const known = capacityOf(of(100 * turns), objective, simulated, system.truth);
  const squares = Array.from({ length: SAMPLES }, () => {
    const found = capacityOf(of(turns), objective, simulated, known);
    return Math.log(Math.max(found, known / 3) / known) ** 2;
  });
  const error = Math.sqrt(squares.reduce((sum, it) => sum + it, 0) / SAMPLES);
  return { error, within: 2 * tailBelow(WITHIN / error) - 1 };
}
