import type { History, HistoryGroup } from '../../../../contracts/generated/history.ts';
import { instant, metricUnit, plural } from '../../../foundation/text/format.ts';
import { markdownDocument, md, quotes, table } from '../../../foundation/text/markdown.ts';
import { textTable } from '../../../foundation/text/table.ts';
import { textLines } from '../../../foundation/text/terminal.ts';
import { detailOf, headlineOf, metricName, noteSentence, OUTCOMES, ratioOf, titleOf } from './sentences.ts';

const HEAD = ['', 'Before', 'After', 'Change', 'First run of the new level'];
const MOST_CHANGES = 20;

/** A history as GitHub-flavoured Markdown. */
export function renderHistoryMarkdown(history: History): string {
  const { outcome, groups, sensitivity, notes } = history;
  const sections = groups.flatMap((group) => {
    const rows = rowsOf(group);
    const state = md`${stateOf(group, sensitivity.leastRuns)}`;
    return [
      md`### ${titleOf(group.load)}`,
      md`${detailOf(group)}`,
      rows.length > 0 ? table(HEAD, rows, 'lrrrl') : state,
    ];
  });
  return markdownDocument(
    md`## ${OUTCOMES[outcome].sign} ${headlineOf(history)}`,
    ...sections,
    quotes(notes.map(noteSentence)),
  );
}

/** The same for a terminal. */
export function renderHistoryText(history: History): string {
  const { groups, sensitivity, notes } = history;
  const sections = groups.flatMap((group) => {
    const rows = rowsOf(group);
    const state = [`  ${stateOf(group, sensitivity.leastRuns)}`];
    const changes = rows.length > 0 ? textTable([HEAD, ...rows], 'lrrrl') : state;
    return ['', titleOf(group.load), `  ${detailOf(group)}`, ...changes];
  });
  return textLines([headlineOf(history), ...sections, ...(notes.length > 0 ? [''] : []), ...notes.map(noteSentence)]);
}

/** The latest changes of a group, the last one first. */
function rowsOf({ metrics }: HistoryGroup): string[][] {
  const changes = metrics.flatMap(({ metric, changes: its }) => its.map((it) => ({ metric, it })));
  const latest = changes.sort((a, b) => b.it.at - a.it.at).slice(0, MOST_CHANGES);
  return latest.map(({ metric, it }) => {
    const unit = metricUnit(metric);
    return [metricName(metric), unit(it.before), unit(it.after), ratioOf(it), `${it.name}, ${instant(it.at)}`];
  });
}

function stateOf({ judged, runs }: HistoryGroup, leastRuns: number): string {
  return judged
    ? `${plural(runs, 'run')}; no metric changed its level.`
    : `${plural(runs, 'run')}: too few to look for change points, which need ${leastRuns}.`;
}
