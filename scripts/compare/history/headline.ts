import type { RunSummary } from '../../../contracts/generated/baseline.ts';
import type { HistoryChange, HistoryGroup, HistoryMetric } from '../../../contracts/generated/history.ts';
import { metricUnit, perSecond, plural } from '../../foundation/text/format.ts';
import { change } from '../report/model.ts';

/** What is offered to a group, in short: `load at 2/s`. */
export function titleOf({ scenario, model, rate, concurrency }: RunSummary['load']): string {
  const level = rate === null ? `with ${concurrency} in flight` : `at ${perSecond(rate)}`;
  return `${scenario} ${level}${model === 'even' ? ', even arrivals' : ''}`;
}

/** Who answers, and what else the runs of a group have in common. */
export function detailOf({ target, load: { workload, continuation } }: Pick<HistoryGroup, 'target' | 'load'>): string {
  return `${target ?? 'target not known'}; workload ${workload}, continuation ${continuation}`;
}

const NAMES: Readonly<Record<HistoryMetric['metric'], string>> = {
  'latency.p95': 'p95 of user turns',
  'latency.mean': 'mean latency of user turns',
  'errors.share': 'share of failed turns',
};

/** A metric's name for reading. */
export const metricName = (metric: HistoryMetric['metric']): string => NAMES[metric];

/** `p95 of user turns is 9.8% higher since run x`. */
export function changeSentence(metric: HistoryMetric['metric'], it: HistoryChange): string {
  const unit = metricUnit(metric);
  return `${metricName(metric)} ${it.isWorse ? 'rose' : 'fell'} from ${unit(it.before)} to ${unit(it.after)} (${ratioOf(it)}) with run ${it.name}`;
}

/** From one level to another: as a ratio, unless one of them is 0. */
export function ratioOf({ before, after }: Pick<HistoryChange, 'before' | 'after'>): string {
  return before > 0 && after > 0 ? change(after / before) : after > before ? 'up from 0' : 'down to 0';
}

/** One sentence: what is new, what was found, or that there are too few runs to tell. */
export function headlineOf(groups: readonly HistoryGroup[], leastRuns: number): string {
  const judged = groups.filter((group) => group.judged);
  const changes = judged.flatMap(({ metrics }) =>
    metrics.flatMap(({ metric, changes: its }) => its.map((it) => ({ metric, it }))),
  );
  const news = changes.filter(({ it }) => it.isNews);
  if (news.length > 0) return `Worse: ${news.map(({ metric, it }) => changeSentence(metric, it)).join('; ')}.`;
  if (judged.length === 0) {
    const most = groups.reduce((top, { runs }) => Math.max(top, runs), 0);
    return `Too few runs: at most ${plural(most, 'run')} of one load and target; change points need ${leastRuns}.`;
  }
  const runs = judged.reduce((total, group) => total + group.runs, 0);
  return `Nothing got worse of late: ${plural(runs, 'run')}, ${plural(changes.length, 'change point')} in all.`;
}
