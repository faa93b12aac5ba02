import type { Comparison } from '../../../contracts/generated/comparison.ts';
import { type Cell, stacked, textTable } from '../../foundation/text/table.ts';
import { textLines } from '../../foundation/text/terminal.ts';
import { correctionOf } from './model.ts';
import { comparisonSteps } from './next-steps.ts';
import { certaintySentence, designSentence, effectRows, GATE_HEAD, gateRows, HEAD, violationLines } from './rows.ts';
import { headlineOf, noteSentence } from './sentences.ts';

/** A comparison for a terminal. */
export function renderComparisonText(comparison: Comparison): string {
  const gates = gateRows(comparison);
  const gateLines = gates.length === 0 ? [] : ['', ...textTable([GATE_HEAD, ...gates], 'lrrrr', 0)];
  const below = [
    ...violationLines(comparison),
    designSentence(comparison.design),
    ...[correctionOf(comparison)].filter((line) => line !== ''),
    certaintySentence(comparison),
    ...comparison.notes.map(noteSentence),
    ...comparisonSteps(comparison).map(({ what, command }) => `Next: ${what}: ${command}`),
  ];
  return textLines([
    headlineOf(comparison),
    '',
    ...textTable([HEAD, ...effectRows(comparison).map(narrow)], 'lrrrrr', 0),
    ...gateLines,
    '',
    ...below.filter((line) => line !== ''),
  ]);
}

/** The name of a row stays together, its counts do not. */
const narrow = ([name = '', ...cells]: readonly string[]): Cell[] => [name, ...cells.map(stacked)];
