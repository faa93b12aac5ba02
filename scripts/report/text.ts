import { isDuration } from '../../contracts/gate-metric.ts';
import type { Audit } from '../../contracts/generated/audit.ts';
import type { Estimate, GateResult, Result, ViolationRow } from '../../contracts/generated/result.ts';
import { LATE_MS } from '../analysis/metrics/shares.ts';
import { CUSTOMER_TEXT } from '../foundation/text/customer-text.ts';
import { expectedText, observedText } from '../foundation/text/facts.ts';
import {
  bytes,
  count,
  duration,
  estimate,
  gateLimit,
  gateObserved,
  interval,
  metricUnit,
  narrowInterval,
  perSecond,
  plural,
  share,
} from '../foundation/text/format.ts';
import { gatesOffText } from '../foundation/text/gates-off.ts';
import { overlayName } from '../foundation/text/overlay-name.ts';
import { textTable } from '../foundation/text/table.ts';
import { shownUrl } from '../foundation/text/target.ts';
import { type Styles, styles, textLines } from '../foundation/text/terminal.ts';
import { VERDICTS } from '../foundation/text/verdicts.ts';
import { isFailed } from '../ledger/ledger-turn.ts';
import { conversationLine } from './conversation-line.ts';
import { gateSentence } from './gate-sentence.ts';
import { judgedAnswers } from './judged-rules.ts';
import { errorStory, latencyRows, loadLine, outcomeName, type ReportModel, retryLine, turnName } from './model.ts';
import { nextStepsOf } from './next-step.ts';
import { explained, offenders } from './offenders.ts';
import { problemSentence } from './problem-sentence.ts';
import { problemsBesides, reasonOf } from './reason.ts';
import { RUNNER_HEAD, runnerCells } from './runner-cells.ts';

export interface TextOptions {
  /** Whether to colour; by default what picocolors finds out from NO_COLOR, FORCE_COLOR and the terminal. */
  readonly color?: boolean;
  /** Path of the HTML report, shown last. */
  readonly reportPath?: string;
}

/** The report for a terminal: the verdict first, then why, then the numbers. */
export function renderText({ result, audit }: ReportModel, { color, reportPath }: TextOptions = {}): string {
  const c = styles(color);
  const sections = [
    verdictLines(result, audit, c),
    gateLines(result, c),
    latencyLines(result, c),
    conversationLines(result, c),
    outcomeLines(result, c),
    violationLines(result, c),
    generatorLines(result, c),
    runnerLines(result, c),
    nextLines(result, c),
    reportPath === undefined ? [] : [`${c.dim('Report')}  ${reportPath}`],
  ];
  const shown = sections.filter((lines) => lines.length > 0);
  return textLines(shown.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])));
}

function verdictLines(result: Result, audit: Audit | undefined, c: Styles): string[] {
  const { mark, word } = VERDICTS[result.verdict];
  const paint = painter(result.verdict, c);
  const { contract, customerText } = result.plan;
  return [
    `${paint(c.bold(`${mark} ${word.toUpperCase()}`))}  ${reasonOf(result, audit)}`,
    c.dim(`  ${result.scenario} on ${shownUrl(result.target)}: ${loadLine(result)}`),
    ...(customerText ? [c.dim(`  ${CUSTOMER_TEXT}`)] : []),
    ...(contract === undefined ? [] : [c.dim(`  contract with ${overlayName(contract)}`)]),
    ...problemsBesides(result).map((it) => `  ${c.yellow(`${it.severity}:`)} ${problemSentence(it, result)}`),
  ];
}

function gateLines(result: Result, c: Styles): string[] {
  const rows = result.gates.map((gate) => [
    painter(gate.verdict, c)(VERDICTS[gate.verdict].mark),
    gate.metric,
    gateLimit(gate),
    gateObserved(gate),
    c.dim(interval(gate.observed, metricUnit(gate.metric))),
    c.dim(sampleSize(gate)),
  ]);
  const worst = explained(result).flatMap((gate) => [
    `  ${painter(gate.verdict, c)(gate.metric)}  ${gateSentence(gate, result)}`,
    ...offenders(gate, result).map((line) => `    ${line}`),
  ]);
  const off = gatesOffText(result);
  const lines = [...textTable(rows, 'lllrll'), ...(off === undefined ? [] : [`  ${c.yellow(off)}`]), ...worst];
  return lines.length === 0 ? [] : [c.bold('Gates'), ...lines];
}

function latencyLines(result: Result, c: Styles): string[] {
  const rows = latencyRows(result);
  if (rows.length === 0) return [];
  const head = ['role', 'stage', ['turns', '(eff.)'], 'p50', 'p95', 'p99', 'max'].map((it) => [it].flat().map(c.dim));
  const cells = rows.map((row) => [
    row.role,
    row.stage,
    [count(row.n), c.dim(`(${count(row.nEffective)})`)],
    ...[row.p50, row.p95, row.p99].map((it) => quantile(it, c)),
    row.max === null ? '–' : duration(row.max),
  ]);
  return [
    `${c.bold('Latency')}${c.dim('  from the intended start, with 95% intervals; ? is not known')}`,
    ...textTable([head, ...cells], 'llrrrrr'),
  ];
}

/** The interval below the value; what is not known takes the narrow form of `not known (needs 299, has 60)`. */
function quantile(it: Estimate, c: Styles): [string, string] {
  if (it.value === null && it.needs !== undefined) {
    return [c.yellow('?'), c.dim(`has ${count(Math.floor(it.nEffective ?? 0))} of ${count(it.needs)}`)];
  }
  return [estimate(it), c.dim(narrowInterval(it))];
}

function conversationLines({ conversations }: Result, c: Styles): string[] {
  return conversations === undefined ? [] : [`${c.bold('Conversations')}  ${conversationLine(conversations)}`];
}

function outcomeLines(result: Result, c: Styles): string[] {
  const rows = result.outcomes.map((row) => {
    const code = row.errorCode === 0 ? '' : `k6 error ${errorStory(row)}`;
    const portion = row.share.value === null ? '' : share(row.share.value);
    return [count(row.count), portion, isFailed(row) ? c.red(outcomeName(row)) : outcomeName(row), c.dim(code)];
  });
  const { sent, userTurns } = result.counts;
  const rates = result.throughput;
  const flow = rates
    ? `, offered ${perSecond(rates.offeredPerSecond)}, completed ${perSecond(rates.completedPerSecond)}, good ${perSecond(rates.goodPerSecond)}`
    : '';
  const head = `${c.bold('Turns')}${c.dim(`  ${count(sent)} sent, ${count(userTurns)} of them by users${flow}`)}`;
  const retries = result.retries === undefined ? [] : [`  ${retryLine(result.retries)}`];
  return [head, ...textTable(rows, 'rrll'), ...retries];
}

function violationLines(result: Result, c: Styles): string[] {
  const judged = judgedAnswers(result);
  if (judged === 0) return [];
  if (result.violations.length === 0) return [`${c.bold('Contract')}  no violation in ${plural(judged, 'answer')}`];
  return [
    `${c.bold('Contract')}${c.dim(`  ${plural(result.counts.withViolations, 'turn')} with a failing violation`)}`,
    ...result.violations.flatMap((row) => violation(row, c)),
  ];
}

function violation(row: ViolationRow, c: Styles): string[] {
  return [
    `  ${c.red(row.rule)}  ${row.class}, ${plural(row.count, 'turn')}, as ${turnName(row.example)}`,
    c.dim(`    ${row.template}`),
    `    expected ${expectedText(row.expected)}`,
    `    observed ${observedText(row.observed)}`,
  ];
}

function generatorLines({ generator, requests }: Result, c: Styles): string[] {
  const { lateMs, late } = generator;
  const parts = [
    lateMs.p95 === null ? 'no start measured' : `late starts ${duration(lateMs.p95)} at p95`,
    late.value === null ? null : `${share(late.value)} later than ${LATE_MS} ms`,
    generator.cpuShare === undefined ? null : `CPU ${share(generator.cpuShare)}`,
    generator.peakMemoryBytes === undefined ? null : `memory ${bytes(generator.peakMemoryBytes)}`,
    ...requests.map(
      (row) => `${count(row.count)} × ${row.operation}${row.failed > 0 ? `, ${count(row.failed)} failed` : ''}`,
    ),
  ];
  const health = generator.valid ? c.green('valid') : c.red('not valid: no evidence about the service');
  return [`${c.bold('Generator')}  ${health}; ${parts.filter((part) => part !== null).join('; ')}`];
}

function nextLines(result: Result, c: Styles): string[] {
  const rows = nextStepsOf(result).map(({ what, command }) => [command, c.dim(what)]);
  return rows.length === 0 ? [] : [c.bold('Next'), ...textTable(rows, 'll')];
}

function runnerLines({ runners = [] }: Result, c: Styles): string[] {
  if (runners.length === 0) return [];
  return [
    c.bold('Runners'),
    ...textTable([RUNNER_HEAD.map((it) => c.dim(it)), ...runners.map(runnerCells)], 'rrrrrrrr'),
  ];
}

function sampleSize({ metric, n, nEffective }: GateResult): string {
  return isDuration(metric) ? `n ${count(n)}, eff. ${count(nEffective)}` : `n ${count(n)}`;
}

function painter(verdict: Result['verdict'], c: Styles): (text: string) => string {
  return { pass: c.green, fail: c.red, 'no-evidence': c.yellow }[verdict];
}
