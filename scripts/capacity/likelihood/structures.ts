import { logDensity } from './density.ts';
import { type Law, lawOf } from './law.ts';
import type { Structure } from './structure.ts';
import { type Traffic, worksOf } from './works.ts';

/** A structure, how likely it is by all turns of all rungs, and the law of the works that it implies. */
export interface Likely {
  readonly structure: Structure;
  readonly weight: number;
  readonly law: Law;
  /** Turns that it forbids. */
  readonly impossible: number;
}

const [LEAST_SLOWDOWN, MOST_SLOWDOWN] = [0.005, 0.25];
const SLOWDOWNS = [LEAST_SLOWDOWN, 0.01, 0.02, 0.03, 0.045, 0.065, 0.09, 0.13, 0.18, MOST_SLOWDOWN];
/** Steps of the logarithm of a slowdown, around those that may be. */
const FINE_STEP = 0.07;
const FINE = [-3, -2, -1, 1, 2, 3].map((step) => step * FINE_STEP);
const BESIDE = 2;
/** Logarithm of a likelihood ratio beyond which a structure need not be looked at more closely. */
const CLOSE = 20;
/** Half of what is believed beforehand is a plain queue. */
const QUEUE = 0.5;
/** Services of so many at once are as likely as those of few (log-uniform), and all beyond the most in flight look alike. */
const MANY = 4_096;
/** Numbers in parallel are first tried so far apart. */
const COARSE = 1.15;
const NEAR = 1.25;
/** Logarithm of the density of a turn that a structure forbids, over that of its mean. */
const FORBIDDEN = -12;
const LEAST_WORKS = 30;
const NEGLIGIBLE = 0.004;

/** The posterior over structures, the likeliest first; without those that hardly count. */
export function likelyStructures(traffics: readonly Traffic[]): Likely[] {
  // As many in parallel as were ever in flight are the same as any more: no turn waited.
  const most = traffics.reduce((high, { found }) => Math.max(high, ...found), 0);
  const beyond = Math.log(Math.max(2, MANY / (most + 1)));
  const tried = new Map<string, Weighed>();
  const weighAll = (parallels: readonly number[], slowdowns: readonly number[], step: number): void => {
    for (const parallel of parallels) {
      for (const slowdown of slowdowns) {
        const key = `${parallel}/${slowdown.toPrecision(6)}`;
        if (tried.has(key)) continue;
        const prior = slowdown === 0 ? QUEUE : (1 - QUEUE) * step;
        tried.set(key, weigh(traffics, { parallel, slowdown }, prior * (parallel <= most ? 1 / parallel : beyond)));
      }
    }
  };
  weighAll([...steps(1, most, COARSE), Number.POSITIVE_INFINITY], [0, ...SLOWDOWNS], 1 / SLOWDOWNS.length);
  const { parallel, slowdown } = best([...tried.values()]).structure;
  if (Number.isFinite(parallel)) {
    const around = steps(Math.max(1, Math.floor(parallel / NEAR)), Math.min(most, Math.ceil(parallel * NEAR)), 1);
    const beside = SLOWDOWNS.filter((it) => it > slowdown / BESIDE && it < slowdown * BESIDE);
    weighAll(around, [0, ...beside], 1 / SLOWDOWNS.length);
  }
  const top = best([...tried.values()]).log;
  for (const { structure, log } of [...tried.values()]) {
    if (structure.slowdown === 0 || log < top - CLOSE) continue;
    const finer = FINE.map((step) => structure.slowdown * Math.exp(step));
    weighAll([structure.parallel], finer, FINE_STEP / Math.log(MOST_SLOWDOWN / LEAST_SLOWDOWN));
  }
  return normalised([...tried.values()]).map((it) => ({ ...it, ...impliedLaw(traffics, it.structure) }));
}

interface Weighed {
  readonly structure: Structure;
  readonly log: number;
}

const best = (all: readonly Weighed[]): Weighed => all.reduce((a, b) => (b.log > a.log ? b : a));

function normalised(all: readonly Weighed[]): Pick<Likely, 'structure' | 'weight'>[] {
  const top = best(all).log;
  if (top === Number.NEGATIVE_INFINITY) return [];
  const total = all.reduce((sum, { log }) => sum + Math.exp(log - top), 0);
  return all
    .map(({ log, structure }) => ({ structure, weight: Math.exp(log - top) / total }))
    .filter(({ weight }) => weight >= NEGLIGIBLE)
    .sort((a, b) => b.weight - a.weight);
}

/** Whole numbers that grow by a factor, or by one. */
function steps(from: number, to: number, factor: number): number[] {
  const numbers: number[] = [];
  for (let it = from; it <= to; it = Math.max(it + 1, Math.round(it * factor))) numbers.push(it);
  return numbers;
}

function weigh(traffics: readonly Traffic[], structure: Structure, prior: number): Weighed {
  const { works, logSpeed, impossible } = impliedWorks(traffics, structure, false);
  if (works.length < LEAST_WORKS) return { structure, log: Number.NEGATIVE_INFINITY };
  const meanMs = works.reduce((sum, work) => sum + work, 0) / works.length;
  return {
    structure,
    log: logDensity(works) + logSpeed + impossible * (FORBIDDEN - Math.log(meanMs)) + Math.log(prior),
  };
}

function impliedLaw(traffics: readonly Traffic[], structure: Structure): Pick<Likely, 'law' | 'impossible'> {
  const { works, cut, impossible } = impliedWorks(traffics, structure, true);
  return { law: lawOf(works, cut), impossible };
}

/** Structures are compared by the same turns: whether those that came at one time tell anything depends on the structure. */
function impliedWorks(traffics: readonly Traffic[], structure: Structure, withTied: boolean) {
  const works: number[] = [];
  const cut: number[] = [];
  let [impossible, logSpeed] = [0, 0];
  for (const traffic of traffics) {
    const implied = worksOf(traffic, structure);
    impossible += implied.impossible;
    for (const [i, { outcome, status }] of traffic.turns.entries()) {
      const work = implied.works[i] ?? Number.NaN;
      if (Number.isNaN(work) || (!withTied && traffic.tied[i] !== 0)) continue;
      if (outcome === 'answered') {
        works.push(Math.max(0, work));
        logSpeed -= Math.log(implied.slow[i] ?? 1);
      } else if (status === 0) cut.push(work);
    }
  }
  return { works, cut, impossible, logSpeed };
}
