import type { CapacityMisfit } from '../../../contracts/generated/capacity.ts';
import { random } from '../../../contracts/random.ts';
import { variance } from '../../foundation/statistics/moments.ts';
import type { Level } from '../measure/level.ts';
import { ABORT_LEAST } from '../measure/rung.ts';
import { drawLaw } from './law.ts';
import type { Objective } from './service.ts';
import { latenciesOf } from './structure.ts';
import type { Likely } from './structures.ts';
import { type Traffic, worksOf } from './works.ts';

/** Standard errors beyond which a check says that the family does not fit: one false alarm in some thousand. */
const SURELY = 3.7;
/** Turns of which a structure may forbid so many: clocks are not exact. */
const FORBIDDEN = 0.01;
const REPLICATIONS = 60;
const STREAM = 31;

/**
 * Why a structure does not explain the turns after all; undefined where it does. What its works are must not depend on the
 * load, nor on when they came, nor on those before; and what it predicts for each level must be what the level showed.
 */
export function misfitOf(
  traffics: readonly Traffic[],
  levels: readonly Level[],
  { structure, law, impossible }: Likely,
  { limitMs, seed }: Pick<Objective, 'limitMs'> & { seed: number },
): CapacityMisfit | undefined {
  const seen = traffics.flatMap((traffic) => {
    const { works } = worksOf(traffic, structure);
    return [...works.entries()].flatMap(([i, work]) =>
      Number.isNaN(work) || traffic.turns[i]?.outcome !== 'answered' ? [] : [{ work, found: traffic.found[i] ?? 0 }],
    );
  });
  if (impossible > FORBIDDEN * (seen.length + impossible)) return { code: 'not-first-come' };
  const works = ranksOf(seen.map(({ work }) => work));
  if (isCorrelated(works, ranksOf(seen.map(({ found }) => found)))) return { code: 'load-dependent' };
  if (
    isCorrelated(
      works,
      seen.map((_, index) => index),
    )
  )
    return { code: 'changed' };
  if (isCorrelated(works.slice(1), works.slice(0, -1))) return { code: 'correlated' };
  const off = levels.find((level, index) => {
    const draw = random(seed, STREAM, index);
    // Of laws that the works may have come from: where they vary widely, the ones seen are not all there are.
    const counts = Array.from({ length: REPLICATIONS }, (_, replication) => {
      const quantiles = drawLaw(law, draw, replication % 2 === 0 ? 'observed' : 'with-tail');
      return badOf(level, limitMs, (arrivals) => {
        const drawn = arrivals.map(() => quantiles[Math.floor(draw() * quantiles.length)] ?? 0);
        return latenciesOf(structure, arrivals, drawn);
      });
    });
    const expected = counts.reduce((sum, count) => sum + count, 0) / REPLICATIONS;
    const most = Math.max(...counts);
    const least = Math.min(...counts);
    const error = Math.sqrt(variance(counts) + expected + 1);
    return (level.bad > most || level.bad < least) && Math.abs(level.bad - expected) > SURELY * error;
  });
  return off && { code: 'level-unexplained', rate: off.rate, bad: off.bad, n: off.n };
}

/** Bad turns of a level by a simulation of it. One that ended early ended at its worst: so does what it is compared with. */
function badOf(
  { rung: { arrivals, skip }, n, aborted }: Level,
  limitMs: number,
  serve: (arrivals: Float64Array) => Float64Array,
): number {
  const latencies = serve(Float64Array.from(aborted ? arrivals : arrivals.slice(0, skip + n)));
  let [bad, worst] = [0, 0];
  for (let i = skip; i < latencies.length; i++) {
    if ((latencies[i] ?? 0) > limitMs) bad += 1;
    const seen = i - skip + 1;
    if (seen >= ABORT_LEAST) worst = Math.max(worst, bad / seen);
  }
  return aborted ? n * worst : bad;
}

/** Spearman's rank correlation against its standard error. */
function isCorrelated(a: readonly number[], b: readonly number[]): boolean {
  const n = a.length;
  if (n < 30) return false;
  const [meanA, meanB] = [a, b].map((list) => list.reduce((sum, it) => sum + it, 0) / n) as [number, number];
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [(a[i] ?? 0) - meanA, (b[i] ?? 0) - meanB];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA > 0 && squareB > 0 && (Math.abs(product) / Math.sqrt(squareA * squareB)) * Math.sqrt(n - 1) > SURELY;
}

/** Equal values share the mean of their ranks. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === values[order[from] ?? 0]) to += 1;
    for (let k = from; k <= to; k++) ranks[order[k] ?? 0] = (from + to) / 2;
    from = to + 1;
  }
  return ranks;
}
