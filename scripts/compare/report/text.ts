import type { Comparison, Design, Effect, GateArm } from '../../../contracts/generated/comparison.ts';
import { count, duration, gateLimit, metricUnit, plural, share } from '../../foundation/text/format.ts';
import { list, markdownDocument, md, quotes, table } from '../../foundation/text/markdown.ts';
import { type Cell, stacked, textTable } from '../../foundation/text/table.ts';
import { textLines } from '../../foundation/text/terminal.ts';
import { ASSUMED_SPREAD } from '../design.ts';
import { CHOSEN_PAIRS, CHOSEN_TURNS } from '../interleave/chosen.ts';
import { change, correctionOf, spendingOf } from './model.ts';
import { headlineOf, noteSentence, OUTCOMES } from './sentences.ts';

const GATE_HEAD = ['Gate', 'Baseline', 'Candidate', 'Passed before', 'Passed now'];
const HEAD = ['', 'Baseline', 'Candidate', 'Change', '95% limits', 'p'];

/** A comparison as GitHub-flavoured Markdown, short enough for a comment on a pull request. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  const { outcome, design, notes } = comparison;
  const gateRows = gates(comparison);
  return markdownDocument(
    md`## ${OUTCOMES[outcome].sign} ${headlineOf(comparison)}`,
    table(HEAD, rows(comparison), 'lrrrrr'),
    gateRows.length === 0 ? undefined : table(GATE_HEAD, gateRows, 'lrrrr'),
    list(few(violations(comparison))),
    md`${[describe(design), correctionOf(comparison), certainty(comparison)].filter((part) => part !== '').join(' ')}`,
    quotes(few(notes.map(noteSentence))),
  );
}

/** The same for a terminal. */
export function renderComparisonText(comparison: Comparison): string {
  const gateRows = gates(comparison);
  const gateLines = gateRows.length === 0 ? [] : ['', ...textTable([GATE_HEAD, ...gateRows], 'lrrrr', 0)];
  const below = [
    ...violations(comparison),
    describe(comparison.design),
    ...[correctionOf(comparison)].filter((line) => line !== ''),
    certainty(comparison),
    ...comparison.notes.map(noteSentence),
  ];
  return textLines([
    headlineOf(comparison),
    '',
    ...textTable([HEAD, ...rows(comparison).map(narrow)], 'lrrrrr', 0),
    ...gateLines,
    '',
    ...below.filter((line) => line !== ''),
  ]);
}

/** The name of a row stays together, its counts do not. */
const narrow = ([name = '', ...cells]: readonly string[]): Cell[] => [name, ...cells.map(stacked)];

const MOST_LINES = 15;

/** The first lines, and how many are left out. */
function few(lines: readonly string[]): readonly string[] {
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `${more} more in the report`] : lines;
}

function gates({ gates: all }: Comparison): string[][] {
  return all.map(({ baseline, candidate, ...gate }) => {
    const unit = metricUnit(gate.metric);
    const value = (arm: GateArm): string => (arm.value === null ? 'not known' : unit(arm.value));
    const passed = ({ passed: of, runs }: GateArm): string => `${of} of ${runs}`;
    const name = `${gate.metric} ${gateLimit(gate)}`;
    return [name, value(baseline), value(candidate), passed(baseline), passed(candidate)];
  });
}

function rows({ effects, errors }: Comparison): string[][] {
  const failed = ({ k, n, value }: Comparison['errors']['baseline']): string =>
    `${count(k)} of ${count(n)}${value === null ? '' : ` (${share(value)})`}`;
  return [
    ...effects.map((effect) => [
      `${effect.metric === 'latency.p95' ? 'p95' : 'mean (geometric)'}, ${effect.role} turns`,
      duration(effect.baseline),
      duration(effect.candidate),
      change(effect.ratio),
      limits(effect),
      probability(effect.p),
    ]),
    ['failed turns', failed(errors.baseline), failed(errors.candidate), '', '', probability(errors.p)],
  ];
}

function limits({ lower, upper }: Effect): string {
  return lower === null || upper === null ? '' : `${change(lower)} to ${change(upper)}`;
}

function probability(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

function violations({ violations: found }: Comparison): string[] {
  return found.map(({ rule, class: kind, count: turns, isNew }) => {
    return `${rule} (${kind}): ${plural(turns, 'turn')}${isNew ? ', not in the baseline' : ''}`;
  });
}

function describe(design: Design): string {
  const { kind, baselineRuns, candidateRuns, turnsPerRun, days } = design;
  const size = `${plural(baselineRuns, 'run')} against ${plural(candidateRuns, 'run')} of ${count(turnsPerRun)} user turns`;
  switch (kind) {
    case 'interleaved':
      return `${size}, interleaved.${spendingOf(design)}`;
    case 'days':
      return `${size}; the baseline is of ${plural(days, 'other day')}, and the spread between days is measured.`;
    case 'planned':
      return `${size}; how runs differ is not known, a spread of ${ASSUMED_SPREAD * 100}% is assumed: interleave runs, ${CHOSEN_PAIRS} pairs of ${CHOSEN_TURNS} user turns (${count(2 * CHOSEN_PAIRS * CHOSEN_TURNS)} in all) find nearly every change of 10%.`;
    default:
      return kind satisfies never;
  }
}

function certainty({ certainty: { detectable, furtherPairs, furtherTurns } }: Comparison): string {
  if (detectable === null) return '';
  const found = `A p95 that is ${change(detectable)} would be found in four of five comparisons like this.`;
  return furtherPairs === null || furtherTurns === null
    ? found
    : `${found} ${plural(furtherPairs, 'more pair')} of runs (${plural(furtherTurns, 'turn')}) would decide it.`;
}
