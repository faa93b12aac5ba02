import type { Distribution, Replies, Spread, Tally } from '../../../contracts/generated/findings.ts';
import { holm } from '../../foundation/statistics/holm.ts';
import { criticalValue, upperTail } from '../../foundation/statistics/student-t.ts';

/** Fewer runs do not show how runs vary among themselves. */
export const LEAST_BASELINES = 5;
/** Of all statistics of a run together. */
const ALPHA = 0.01;
const POWER = 0.8;
/** Fewer replies say nothing of their distribution. */
const LEAST_REPLIES = 8;

/** A statistic of one run on a scale on which its variance does not depend on it. */
interface Point {
  readonly value: number;
  /** From its own replies alone. */
  readonly variance: number;
  readonly n: number;
  /** What people read. */
  readonly shown: number;
}

/** The replies of a run, with the articles on the host that most of the accepted runs' articles are on. */
type Compared = Replies & { readonly usualHost?: Tally };

interface Metric {
  readonly metric: string;
  readonly unit: Distribution['unit'];
  /** What is too small to be told, in the unit. */
  readonly least: number;
  readonly of: (replies: Compared) => Point | undefined;
  /** From the scale back to what people read. */
  readonly shown: (value: number) => number;
}

type SpreadKey = 'length' | 'latency' | 'noteLatency' | 'readLatency' | 'trend' | 'continued';
type TallyKey =
  | 'articles'
  | 'sameArticle'
  | 'fallback'
  | 'sameness'
  | 'stalls'
  | 'visibleLate'
  | 'language'
  | 'handover'
  | 'recall'
  | 'linked'
  | 'usualHost';

const spread =
  (key: SpreadKey) =>
  (replies: Compared): Point | undefined => {
    const it: Spread | null = replies[key] ?? null;
    return it === null ? undefined : { value: it.mean, variance: it.sd ** 2 / it.n, n: it.n, shown: Math.exp(it.mean) };
  };

/** F. J. Anscombe, Biometrika 35 (1948): of this the variance is 1 / (4n + 2), whatever the share. */
const share =
  (key: TallyKey) =>
  (replies: Compared): Point | undefined => {
    const it: Tally | null = replies[key] ?? null;
    if (it === null || it.n === 0) return undefined;
    const { k, n } = it;
    return { value: Math.asin(Math.sqrt((k + 3 / 8) / (n + 3 / 4))), variance: 1 / (4 * n + 2), n, shown: k / n };
  };

const toShare = (angle: number): number => Math.sin(Math.min(Math.max(angle, 0), Math.PI / 2)) ** 2;

const ratio = (metric: string, least: number, of: Metric['of']): Metric => ({
  metric,
  unit: 'ratio',
  least,
  of,
  shown: Math.exp,
});
const difference = (metric: string, least: number, of: Metric['of']): Metric => ({
  metric,
  unit: 'difference',
  least,
  of,
  shown: toShare,
});

const METRICS: readonly Metric[] = [
  ratio('reply.length', 1.25, spread('length')),
  ratio('reply.latency', 1.5, spread('latency')),
  difference('reply.articles', 0.1, share('articles')),
  difference('reply.same-article', 0.2, share('sameArticle')),
  difference('reply.fallback', 0.05, share('fallback')),
  difference('reply.sameness', 0.1, share('sameness')),
  difference('reply.language', 0.1, share('language')),
  difference('reply.handover', 0.1, share('handover')),
  difference('reply.recall', 0.2, share('recall')),
  difference('article.linked', 0.2, share('linked')),
  difference('article.host', 0.2, share('usualHost')),
  difference('reply.stalls', 0.05, share('stalls')),
  ratio('reply.trend', 1.5, spread('trend')),
  ratio('reply.continued', 1.5, spread('continued')),
  ratio('note.latency', 1.5, spread('noteLatency')),
  ratio('read.latency', 1.5, spread('readLatency')),
  difference('turn.visible-late', 0.1, share('visibleLate')),
];

/**
 * The replies of a run against those of the accepted runs that were asked the same. Runs are compared as runs: the standard
 * error holds how the accepted ones vary among themselves, and is never less than their replies alone would give.
 * Empty with fewer than five of them.
 */
export function distributionsOf(replies: Replies | null, accepted: readonly (Replies | null)[]): Distribution[] {
  if (replies === null) return [];
  const alike = accepted.filter((one) => one !== null && one.mix === replies.mix) as Replies[];
  const usual = usualHost(alike);
  const before = alike.map((one) => withHost(one, usual));
  const compared = METRICS.flatMap((metric) => compare(metric, withHost(replies, usual), before));
  const adjusted = holm(compared.map(({ test }) => test.p));
  return compared.map(({ metric, test, margins }, index) => {
    const adjustedP = adjusted[index] ?? 1;
    const isLarge =
      metric.unit === 'ratio'
        ? Math.abs(Math.log(test.effect)) >= Math.log(metric.least)
        : Math.abs(test.effect) >= metric.least;
    return {
      ...test,
      holm: adjustedP,
      detectable: detectable(metric, margins, compared.length),
      differs: adjustedP < ALPHA && isLarge,
    };
  });
}

function usualHost(accepted: readonly Replies[]): string {
  const counts = new Map<string, number>();
  for (const { hosts = {} } of accepted)
    for (const [host, count] of Object.entries(hosts)) counts.set(host, (counts.get(host) ?? 0) + count);
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0])[0];
}

function withHost(replies: Replies, usual: string): Compared {
  const { hosts } = replies;
  if (hosts === undefined) return replies;
  const n = Object.values(hosts).reduce((sum, count) => sum + count, 0);
  return { ...replies, usualHost: { k: hosts[usual] ?? 0, n } };
}

/** What a smallest shown effect is computed from: mean of the baselines, standard error and its degrees of freedom. */
interface Margins {
  readonly mean: number;
  readonly standardError: number;
  readonly df: number;
}

function compare(
  metric: Metric,
  replies: Compared,
  alike: readonly Compared[],
): { metric: Metric; test: Omit<Distribution, 'holm' | 'detectable' | 'differs'>; margins: Margins }[] {
  const now = metric.of(replies);
  const before = alike.flatMap((one) => metric.of(one) ?? []).filter(({ n }) => n >= LEAST_REPLIES);
  if (now === undefined || now.n < LEAST_REPLIES || before.length < LEAST_BASELINES) return [];
  const margins = marginsOf(now, before);
  const { mean, standardError, df } = margins;
  const t = standardError > 0 ? (now.value - mean) / standardError : now.value === mean ? 0 : Number.MAX_VALUE;
  const baseline =
    metric.unit === 'ratio' ? Math.exp(mean) : before.reduce((sum, { shown }) => sum + shown, 0) / before.length;
  const observed = now.shown;
  const test = {
    metric: metric.metric,
    unit: metric.unit,
    baselines: before.length,
    n: now.n,
    baseline,
    observed,
    effect: metric.unit === 'ratio' ? observed / baseline : observed - baseline,
    least: metric.least,
    t,
    df,
    p: Math.min(1, 2 * upperTail(Math.abs(t), df)),
  };
  return [{ metric, test, margins }];
}

/**
 * The difference of one run from the mean of m others: they differ by s^2 (1 + 1/m), with m - 1 degrees of freedom, where
 * each had as many replies; a run with fewer varies by as much more as its own replies do.
 */
function marginsOf(now: Point, before: readonly Point[]): Margins {
  const m = before.length;
  const mean = before.reduce((sum, { value }) => sum + value, 0) / m;
  const between = before.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (m - 1);
  const within = before.reduce((sum, { variance }) => sum + variance, 0) / m;
  const variance = Math.max(between, within) * (1 + 1 / m) + Math.max(0, now.variance - within);
  return { mean, standardError: Math.sqrt(variance), df: m - 1 };
}

/** The effect, in the metric's unit, that is shown at the strictest step of Holm's procedure with the stated power. */
function detectable({ unit, shown, least }: Metric, { mean, standardError, df }: Margins, tests: number): number {
  const distance = (criticalValue(ALPHA / 2 / tests, df) + criticalValue(1 - POWER, df)) * standardError;
  if (unit === 'ratio') return Math.max(least, Math.exp(distance));
  const [down, up] = [shown(mean) - shown(mean - distance), shown(mean + distance) - shown(mean)];
  return Math.max(least, up, down);
}
