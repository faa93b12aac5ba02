import { type Random, random } from '../../../../contracts/random.ts';
import { capacityOf, drawsOf } from '../../../capacity/likelihood/service.ts';
import { mostThroughput, type Structure } from '../../../capacity/likelihood/structure.ts';
import { logNormal } from '../../bench/queue-run.ts';
import { simulatedTruth } from './simulate.ts';
import type { System } from './system.ts';
import { exponential, mixture, pareto, slowed } from './systems.ts';

/** A system drawn at random, and what sort it is of. */
export interface RandomSystem extends System {
  readonly sort: 'plain' | 'wide' | 'foreign';
  /** Coefficient of variation of its service times. */
  readonly cv: number;
  readonly about: string;
  /** Where it is of the family. */
  readonly structure?: Structure;
}

const STREAM = 0x72;
const SAMPLE = 200_000;
const LAW_STREAM = 0x73;
const TRUTH_TURNS = 400_000;
const WIDE_CV = 1.5;
/** Below this share of what it can complete a limit lies so near to what answers take alone that the rate hardly matters. */
const LEAST_USE = 0.3;
/** Turns at once that processor sharing is held to. */
const SHARED = 8;

const between = (draw: Random, from: number, to: number): number => from + (to - from) * draw();
const logBetween = (draw: Random, from: number, to: number): number => from * (to / from) ** draw();

interface Law {
  readonly service: (draw: Random) => number;
  readonly name: string;
  readonly hasTail: boolean;
}

function lawOf(draw: Random, meanMs: number): Law {
  const sort = draw();
  if (sort < 0.4) {
    const cv = between(draw, 0.15, 1.5);
    return { service: logNormal(meanMs, cv), name: `log-normal cv ${cv.toFixed(2)}`, hasTail: false };
  }
  if (sort < 0.5) return { service: exponential(meanMs), name: 'exponential', hasTail: false };
  if (sort < 0.6) {
    const cv = between(draw, 1.5, 2.5);
    return { service: logNormal(meanMs, cv), name: `log-normal cv ${cv.toFixed(2)}`, hasTail: true };
  }
  if (sort < 0.75) {
    const shape = between(draw, 2.2, 4);
    return { service: pareto(meanMs, shape), name: `Pareto ${shape.toFixed(1)}`, hasTail: true };
  }
  if (sort < 0.9) {
    const [share, factor] = [between(draw, 0.05, 0.4), between(draw, 2, 6)];
    const short = meanMs / (1 - share + share * factor);
    const service = mixture(logNormal(short, 0.3), logNormal(short * factor, 0.3), share);
    return { service, name: `two classes ${share.toFixed(2)} x ${factor.toFixed(1)}`, hasTail: false };
  }
  const spread = between(draw, 0.05, 0.5);
  const service = (it: Random) => meanMs * between(it, 1 - spread, 1 + spread);
  return { service, name: `uniform ${spread.toFixed(2)}`, hasTail: false };
}

/** Autocorrelated service times: each draw keeps a part of the one before. */
function alike(service: (draw: Random) => number, part: number): (draw: Random) => number {
  let before: number | undefined;
  return (draw) => {
    before = before === undefined || draw() > part ? service(draw) : before;
    return before;
  };
}

/**
 * The system of a number: turns served at once from 1 to 64 (log-uniform), or all; no slowdown, or up to 20 % by each
 * further turn; laws from nearly constant to Pareto 2.2; p90 or p95, at a limit that 5 to 60 % of what it allows miss alone.
 * `foreign` ones are not of the family that is searched by likelihood.
 */
export function randomSystem(number: number, isForeign: boolean): RandomSystem {
  for (let attempt = 0; ; attempt++) {
    const made = drawSystem(number, isForeign, random(STREAM, number, Number(isForeign), attempt));
    if (made.use > LEAST_USE) return made;
  }
}

function drawSystem(number: number, isForeign: boolean, draw: Random): RandomSystem & { readonly use: number } {
  const meanMs = logBetween(draw, 500, 10_000);
  const law = lawOf(draw, meanMs);
  const [shape, servers] = isForeign ? foreignShape(draw, law) : familyShape(draw);
  const service = shape.service ?? law.service;
  const quantile = draw() < 0.8 ? 0.95 : 0.9;
  const sample = Float64Array.from({ length: SAMPLE }, () => law.service(draw)).sort();
  const limitMs = Math.round(sample[Math.floor(SAMPLE * (1 - between(draw, 0.05, 0.6) * (1 - quantile)))] ?? 0);
  const mean = sample.reduce((sum, it) => sum + it, 0) / SAMPLE;
  const cv = Math.sqrt(sample.reduce((sum, it) => sum + (it - mean) ** 2, 0) / SAMPLE) / mean;
  const made = {
    ...shape,
    name: `${isForeign ? 'foreign' : 'random'} ${number}`,
    slo: `p${100 * quantile}<${limitMs}ms`,
    tuned: false,
    servers,
    service,
    truth: 1,
  } as const;
  const about = `${shape.name}, ${servers} at once, ${law.name}`;
  const sort = isForeign ? 'foreign' : law.hasTail || cv > WIDE_CV ? 'wide' : 'plain';
  const truth =
    shape.structure === undefined
      ? bisected(made, meanMs)
      : exact(largeSample(law, random(LAW_STREAM, number)), shape.structure, limitMs, quantile);
  const use = truth / mostThroughput(shape.structure ?? { parallel: Math.min(servers, SHARED), slowdown: 0 }, mean);
  return { ...made, truth, sort, cv, about, use };
}

interface Shape extends Pick<System, 'kind' | 'speed'> {
  readonly name: string;
  readonly structure?: Structure;
  readonly service?: (draw: Random) => number;
}

function familyShape(draw: Random): [Shape, number] {
  const [sort, parallel] = [draw(), Math.round(logBetween(draw, 1, 64))];
  if (sort < 0.6)
    return [{ kind: 'queue', speed: () => 1, name: 'queue', structure: { parallel, slowdown: 0 } }, parallel];
  const slowdown = logBetween(draw, 0.01, 0.2);
  const [name, servers] =
    sort < 0.8
      ? [`queue, slowed by ${slowdown.toFixed(3)}`, parallel]
      : [`sharing ${slowdown.toFixed(3)}`, Number.POSITIVE_INFINITY];
  return [{ kind: 'sharing', speed: slowed(slowdown), name, structure: { parallel: servers, slowdown } }, servers];
}

function foreignShape(draw: Random, { service }: Law): [Shape, number] {
  const [sort, parallel] = [draw(), Math.round(logBetween(draw, 2, 64))];
  if (sort < 1 / 3) return [{ kind: 'routed', speed: () => 1, name: 'routed by chance' }, parallel];
  if (sort < 2 / 3) {
    return [
      { kind: 'sharing', speed: (n) => Math.min(1, parallel / n), name: `processor sharing ${parallel}` },
      Number.POSITIVE_INFINITY,
    ];
  }
  return [
    { kind: 'queue', speed: () => 1, name: 'queue, turns alike in a row', service: alike(service, 0.5) },
    parallel,
  ];
}

/** A sample of its own, of which a simulation takes each one once. */
const largeSample = ({ service }: Law, draw: Random): Float64Array =>
  Float64Array.from({ length: TRUTH_TURNS }, () => service(draw)).sort();

function exact(law: Float64Array, structure: Structure, limitMs: number, quantile: number): number {
  return capacityOf({ structure, law }, { limitMs, badShare: 1 - quantile }, drawsOf(TRUTH_TURNS, 5));
}

function bisected(made: System, meanMs: number): number {
  const most = (1000 * Math.min(made.servers, 64)) / meanMs;
  let truth = most / 2;
  for (let round = 0; round < 3; round++) truth = simulatedTruth({ ...made, truth }, 100_000, 7);
  return truth;
}
