import type { Distribution, Replies } from '../../../contracts/generated/findings.ts';
import { fisher } from '../../foundation/statistics/fisher.ts';
import { holm } from '../../foundation/statistics/holm.ts';
import { mean as meanOf } from '../../foundation/statistics/moments.ts';
import { criticalValue, upperTail } from '../../foundation/statistics/student-t.ts';
import { type Margins, marginsOf } from './margins.ts';
import { type Compared, METRICS, type Metric, type Point, usualHost, withHost } from './metrics.ts';

/** Fewer runs do not show how runs vary among themselves. */
export const LEAST_BASELINES = 5;
/** This check and those before it that are compared together. */
export const MOST_NIGHTS = 7;
/** Of all statistics of a run together. */
const ALPHA = 0.01;
const POWER = 0.8;
/** Fewer replies say nothing of their distribution. */
const LEAST_REPLIES = 8;

/**
 * The replies of a run against those of the accepted runs that were asked the same. Runs are compared as runs: the standard
 * error holds how the accepted ones vary among themselves, and is never less than their replies alone would give.
 * With `nights`, the checks since the latest accepted one (the latest last), the mean of them and of this one is compared,
 * too: of a metric, what differs speaks. Empty with fewer than five accepted runs.
 */
export function distributionsOf(
  replies: Replies | null,
  accepted: readonly (Replies | null)[],
  nights: readonly (Replies | null)[] = [],
): Distribution[] {
  if (replies === null) return [];
  const isAlike = (one: Replies | null): one is Replies => one !== null && one.mix === replies.mix;
  const alike = accepted.filter(isAlike);
  const usual = usualHost(alike);
  const compared = (list: readonly Replies[]): Compared[] => list.map((one) => withHost(one, usual));
  const before = compared(alike);
  const now = compared([replies]);
  const together = compared([...nights.filter(isAlike).slice(1 - MOST_NIGHTS), replies]);
  const tests = METRICS.flatMap((metric) => [
    ...compare(metric, now, before),
    ...(together.length < 2 ? [] : compare(metric, together, before)),
  ]);
  const adjusted = holm(tests.map(({ test }) => test.p));
  return ofEachMetric(tests.map((one, index) => decided(one, adjusted[index] ?? 1, tests.length)));
}

function decided({ metric, test, margins, ways }: Comparison, adjustedP: number, tests: number): Distribution {
  const { unit, effect, least } = test;
  const isLarge = unit === 'ratio' ? Math.abs(Math.log(effect)) >= Math.log(least) : Math.abs(effect) >= least;
  const found = { detectable: detectable(metric, margins, least, tests * ways), differs: adjustedP < ALPHA && isLarge };
  return { ...test, holm: adjustedP, ...found };
}

/** One for each metric: this run's, unless only all nights together differ. */
function ofEachMetric(all: readonly Distribution[]): Distribution[] {
  const chosen = new Map<string, Distribution>();
  for (const one of all) {
    const known = chosen.get(one.metric);
    if (known === undefined || (one.differs && !known.differs)) chosen.set(one.metric, one);
  }
  return [...chosen.values()];
}

interface Comparison {
  readonly metric: Metric;
  readonly test: Omit<Distribution, 'holm' | 'detectable' | 'differs'>;
  readonly margins: Margins;
  /** How many tests p is the best of. */
  readonly ways: number;
}

function compare(metric: Metric, runs: readonly Compared[], alike: readonly Compared[]): Comparison[] {
  const pointsOf = (list: readonly Compared[]): Point[] =>
    list.flatMap((one) => metric.of(one) ?? []).filter(({ n }) => n >= (metric.leastReplies ?? LEAST_REPLIES));
  const [now, before] = [pointsOf(runs), pointsOf(alike)];
  if (now.length < runs.length || before.length < LEAST_BASELINES) return [];
  const value = meanOf(now.map((one) => one.value));
  const { margins, t, p, ways } = bestOf(marginsOf(now, before, metric), value, exactOf(now, before));
  const { mean, df } = margins;
  const isRatio = metric.unit === 'ratio';
  const level = (points: readonly Point[], at: number): number =>
    isRatio ? Math.exp(at) : meanOf(points.map(({ shown }) => shown));
  const [baseline, observed] = [level(before, mean), level(now, value)];
  const test = {
    metric: metric.metric,
    unit: metric.unit,
    baselines: before.length,
    ...(now.length > 1 && { nights: now.length }),
    n: now.reduce((sum, { n }) => sum + n, 0),
    baseline,
    observed,
    effect: isRatio ? observed / baseline : observed - baseline,
    least: now.length > 1 ? metric.leastOfNights : metric.least,
    t,
    df,
    p: Math.min(p, chanceOfAll(now, before)),
  };
  return [{ metric, test, margins, ways }];
}

/** Of two ways to know how runs vary the one that shows more, at twice its p. For a share of quiet runs the exact test is the second. */
function bestOf([own, quiet]: readonly [Margins, Margins?], value: number, exact: number | undefined) {
  const of = (margins: Margins) => {
    const { mean, standardError, df } = margins;
    const t = standardError > 0 ? (value - mean) / standardError : value === mean ? 0 : Number.MAX_VALUE;
    return { margins, t, p: Math.min(1, 2 * upperTail(Math.abs(t), df)) };
  };
  const first = of(own);
  if (quiet === undefined) return { ...first, ways: 1 };
  const second = { ...of(quiet), ...(exact !== undefined && { p: exact }) };
  const best = second.p < first.p ? second : first;
  return { ...best, p: Math.min(1, 2 * best.p), ways: 2 };
}

/** Of a share of one run's replies, against those of all accepted runs together: R. A. Fisher's exact test, two-sided. */
function exactOf([run, ...others]: readonly Point[], before: readonly Point[]): number | undefined {
  if (run?.k === undefined || others.length > 0) return undefined;
  const { k, n } = run;
  const [k0, n0] = [before.reduce((sum, one) => sum + (one.k ?? 0), 0), before.reduce((sum, one) => sum + one.n, 0)];
  return Math.min(1, 2 * Math.min(fisher(k0, n0, k, n), fisher(n0 - k0, n0, n - k, n)));
}

/**
 * The chance that none of a run's replies has what some had in each accepted run, or that all have it: at the share of that
 * accepted run which comes closest, so that it holds however runs vary among themselves. 1 where neither is so.
 */
function chanceOfAll([run, ...others]: readonly Point[], before: readonly Point[]): number {
  if (run?.k === undefined || others.length > 0) return 1;
  const { k, n } = run;
  const shares = before.map(({ shown }) => shown);
  if (k === 0) return Math.min(1, 2 * (1 - Math.min(...shares)) ** n);
  return k === n ? Math.min(1, 2 * Math.max(...shares) ** n) : 1;
}

/** The effect, in the metric's unit, that is shown at the strictest step of Holm's procedure with the stated power. */
function detectable(
  { unit, shown }: Metric,
  { mean, standardError, df }: Margins,
  least: number,
  tests: number,
): number {
  const distance = (criticalValue(ALPHA / 2 / tests, df) + criticalValue(1 - POWER, df)) * standardError;
  if (unit === 'ratio') return Math.max(least, Math.exp(distance));
  const [down, up] = [shown(mean) - shown(mean - distance), shown(mean + distance) - shown(mean)];
  return Math.max(least, up, down);
}
