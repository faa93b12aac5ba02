import type { History } from '../../../../contracts/generated/history.ts';
import { textTable } from '../../../foundation/text/table.ts';
import { textLines } from '../../../foundation/text/terminal.ts';
import { changeRows, HEAD, stateLine } from './rows.ts';
import { detailOf, headlineOf, noteSentence, titleOf } from './sentences.ts';

/** A history for a terminal. */
export function renderHistoryText(history: History): string {
  const { groups, sensitivity, notes } = history;
  const sections = groups.flatMap((group) => {
    const rows = changeRows(group);
    const state = [`  ${stateLine(group, sensitivity.leastRuns)}`];
    const changes = rows.length > 0 ? textTable([HEAD, ...rows], 'lrrrl') : state;
    return ['', titleOf(group.load), `  ${detailOf(group)}`, ...changes];
  });
  return textLines([headlineOf(history), ...sections, ...(notes.length > 0 ? [''] : []), ...notes.map(noteSentence)]);
}
