import { markdownTable } from 'markdown-table';
import type { History, HistoryGroup } from '../../../../contracts/generated/history.ts';
import { instant, metricUnit, plural } from '../../../foundation/text/format.ts';
import { detailOf, metricName, ratioOf } from '../headline.ts';

const HEAD = ['', 'Before', 'After', 'Change', 'First run of the new level'];
const MOST_CHANGES = 20;

/** A history as GitHub-flavoured Markdown. */
export function renderHistoryMarkdown({ exitCode, headline, groups, sensitivity, notes }: History): string {
  const mark = exitCode === 0 ? '✅' : groups.some(({ judged }) => judged) ? '❌' : '❔';
  const parts = [
    `## ${mark} ${headline}`,
    ...groups.map((group) => {
      const table = markdownTable([HEAD, ...rowsOf(group)], { align: ['l', 'r', 'r', 'r', 'l'] });
      return `### ${group.title}\n\n${detailOf(group)}\n\n${rowsOf(group).length > 0 ? table : stateOf(group, sensitivity.leastRuns)}`;
    }),
    notes.map((note) => `> ${note}`).join('\n>\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The same for a terminal. */
export function renderHistoryText({ headline, groups, sensitivity, notes }: History): string {
  const sections = groups.flatMap((group) => {
    const rows = rowsOf(group);
    return [
      '',
      group.title,
      `  ${detailOf(group)}`,
      ...(rows.length > 0 ? aligned([HEAD, ...rows]) : [`  ${stateOf(group, sensitivity.leastRuns)}`]),
    ];
  });
  return `${[headline, ...sections, ...(notes.length > 0 ? [''] : []), ...notes].join('\n')}\n`;
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

function aligned(table: readonly string[][]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
}
