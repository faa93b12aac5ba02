import type { History } from '../../../../contracts/generated/history.ts';
import { markdownDocument, md, quotes, table } from '../../../foundation/text/markdown.ts';
import { changeRows, HEAD, stateLine } from './rows.ts';
import { detailOf, headlineOf, noteSentence, OUTCOMES, titleOf } from './sentences.ts';

/** A history as GitHub-flavoured Markdown. */
export function renderHistoryMarkdown(history: History): string {
  const { outcome, groups, sensitivity, notes } = history;
  const sections = groups.flatMap((group) => {
    const rows = changeRows(group);
    const state = md`${stateLine(group, sensitivity.leastRuns)}`;
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
