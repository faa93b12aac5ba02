import type { Comparison } from '../../../contracts/generated/comparison.ts';
import { code, list, markdownDocument, md, quotes, table } from '../../foundation/text/markdown.ts';
import { correctionOf } from './model.ts';
import { comparisonSteps } from './next-steps.ts';
import { certaintySentence, designSentence, effectRows, GATE_HEAD, gateRows, HEAD, violationLines } from './rows.ts';
import { headlineOf, noteSentence, OUTCOMES } from './sentences.ts';

/** A comparison as GitHub-flavoured Markdown, short enough for a comment on a pull request. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  const { outcome, design, notes } = comparison;
  const gates = gateRows(comparison);
  return markdownDocument(
    md`## ${OUTCOMES[outcome].sign} ${headlineOf(comparison)}`,
    table(HEAD, effectRows(comparison), 'lrrrrr'),
    gates.length === 0 ? undefined : table(GATE_HEAD, gates, 'lrrrr'),
    list(few(violationLines(comparison))),
    md`${[designSentence(design), correctionOf(comparison), certaintySentence(comparison)].filter((part) => part !== '').join(' ')}`,
    quotes(few(notes.map(noteSentence))),
    list(comparisonSteps(comparison).map(({ what, command }) => md`${what}: ${code(command)}`)),
  );
}

const MOST_LINES = 15;

/** The first lines, and how many are left out. */
function few(lines: readonly string[]): readonly string[] {
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `${more} more in the report`] : lines;
}
