import type { Design, Effect } from '../../contracts/generated/comparison.ts';
import { holm } from '../foundation/statistics/holm.ts';
import { mean } from '../foundation/statistics/moments.ts';
import { criticalValue, upperTail } from '../foundation/statistics/student-t.ts';
import type { Contrast } from './contrast.ts';
import { type Arms, contrastOf, levelOf, STATISTICS } from './design.ts';
import type { Levels } from './stages.ts';

/** Limits are one-sided, of 95 %. */
export const ALPHA = 0.05;
/** Of the test of both latencies together: with that of failures, 1 %, a comparison of equal arms is wrong in 5 % at most. */
export const ALPHA_LATENCY = 0.04;
/** So many turns of a role, in each run, have a mean worth a test. */
const LEAST_TURNS = 10;

export interface Measured {
  readonly effect: Effect;
  readonly contrast: Contrast;
}

/**
 * User turns first: they decide. Their p-values are adjusted together; at a look of a comparison in stages each is held
 * against its own level, and limits are those of repeated confidence intervals, which hold at every look.
 */
export function effectsOf(arms: Arms, kind: Design['kind'], levels?: Levels): Measured[] {
  const runs = [...arms.baseline, ...arms.candidate];
  const roles = [...new Set(runs.flatMap(({ levels }) => levels.map(({ role }) => role)))];
  // A role of few turns has no p95, and one of very few nothing to show.
  const common = roles.filter((role) => runs.every((run) => (levelOf(run, role)?.n ?? 0) >= LEAST_TURNS));
  return common
    .sort((a, b) => Number(b === 'user') - Number(a === 'user'))
    .flatMap((role) => effectsOfRole(arms, kind, { role, levels }));
}

function effectsOfRole(
  arms: Arms,
  kind: Design['kind'],
  { role, levels }: { role: string; levels: Levels | undefined },
): Measured[] {
  const decides = role === 'user';
  const hasP95 = [...arms.baseline, ...arms.candidate].every((run) => (levelOf(run, role)?.p95 ?? null) !== null);
  const shown = STATISTICS.filter(({ metric }) => metric !== 'latency.p95' || hasP95);
  const contrasts = shown.map((statistic) => ({
    statistic,
    contrast: contrastOf(arms, kind, statistic.of(role)),
  }));
  const raw = contrasts.map(({ contrast }) => pValue(contrast));
  const ps = decides && levels === undefined ? holm(raw) : raw;
  return contrasts.map(({ statistic, contrast }, i) => {
    const { difference, standardError, df, isPaired } = contrast;
    const { metric } = statistic;
    const below = levels?.regression[metric] ?? ALPHA;
    const above = levels === undefined ? ALPHA : metric === 'latency.p95' ? levels.clear : below;
    const limit = (margin: number): number | null => finite(Math.exp(difference + margin * standardError));
    const baseline = Math.exp(mean(arms.baseline.map(statistic.of(role).of)));
    const effect: Effect = {
      role,
      metric,
      decides,
      baseline,
      candidate: baseline * Math.exp(difference),
      ratio: Math.exp(difference),
      lower: limit(-criticalValue(below, df)) || null,
      upper: limit(criticalValue(above, df)),
      p: ps[i] ?? 1,
      isPaired,
    };
    return { effect, contrast };
  });
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** One-sided: the candidate is no slower. Runs that do not differ at all need no test. */
export function pValue({ difference, standardError, df }: Contrast): number {
  if (Number.isNaN(standardError)) return 1;
  if (standardError > 0) return upperTail(difference / standardError, df);
  return difference > 0 ? 0 : 1;
}
