import type { HistoryGroup } from '../../../../contracts/generated/history.ts';
import { instant, metricUnit, plural } from '../../../foundation/text/format.ts';
import { metricName, ratioOf } from './sentences.ts';

export const HEAD = ['', 'Before', 'After', 'Change', 'First run of the new level'];
const MOST_CHANGES = 20;

/** The latest changes of a group, the last one first. */
export function changeRows({ metrics }: HistoryGroup): string[][] {
  const changes = metrics.flatMap(({ metric, changes: its }) => its.map((it) => ({ metric, it })));
  const latest = changes.sort((a, b) => b.it.at - a.it.at).slice(0, MOST_CHANGES);
  return latest.map(({ metric, it }) => {
    const unit = metricUnit(metric);
    return [metricName(metric), unit(it.before), unit(it.after), ratioOf(it), `${it.name}, ${instant(it.at)}`];
  });
}

export function stateLine({ judged, runs }: HistoryGroup, leastRuns: number): string {
  return judged
    ? `${plural(runs, 'run')}; no metric changed its level.`
    : `${plural(runs, 'run')}: too few to look for change points, which need ${leastRuns}.`;
}
