import Table from 'cli-table3';
import pc from 'picocolors';
import type { Estimate, GateResult, Result, ViolationRow } from '../../contracts/generated/result.ts';
import { facts, printable } from '../foundation/text/facts.ts';
import {
  bytes,
  count,
  duration,
  estimate,
  gateLimit,
  gateObserved,
  interval,
  lack,
  metricUnit,
  perSecond,
  plural,
  share,
} from '../foundation/text/format.ts';
import { shownUrl } from '../foundation/text/target.ts';
import { judgedAnswers } from './judged-rules.ts';
import {
  latencyRows,
  loadLine,
  outcomeName,
  problemsBesides,
  type ReportModel,
  reason,
  retryLine,
  turnName,
  VERDICTS,
} from './model.ts';
import { explained, offenders } from './offenders.ts';

type Colors = ReturnType<typeof pc.createColors>;

export interface TextOptions {
  /** Whether to colour; by default what picocolors finds out from NO_COLOR, FORCE_COLOR and the terminal. */
  readonly color?: boolean;
  /** Path of the HTML report, shown last. */
  readonly reportPath?: string;
}

/** The report for a terminal: the verdict first, then why, then the numbers. */
export function renderText({ result }: ReportModel, { color, reportPath }: TextOptions = {}): string {
  const c = pc.createColors(color ?? pc.isColorSupported);
  const sections = [
    verdictLines(result, c),
    gateLines(result, c),
    latencyLines(result, c),
    outcomeLines(result, c),
    violationLines(result, c),
    generatorLines(result, c),
    reportPath === undefined ? [] : [`${c.dim('Report')}  ${reportPath}`],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function verdictLines(result: Result, c: Colors): string[] {
  const { mark, word } = VERDICTS[result.verdict];
  const paint = painter(result.verdict, c);
  return [
    `${paint(c.bold(`${mark} ${word.toUpperCase()}`))}  ${printable(reason(result))}`,
    c.dim(`  ${result.scenario} on ${shownUrl(result.target)}: ${loadLine(result)}`),
    ...problemsBesides(result).map(({ severity, message }) => `  ${c.yellow(`${severity}:`)} ${printable(message)}`),
  ];
}

function gateLines(result: Result, c: Colors): string[] {
  const table = grid(['l', 'l', 'l', 'r', 'l', 'l']);
  for (const gate of result.gates) {
    table.push([
      painter(gate.verdict, c)(VERDICTS[gate.verdict].mark),
      gate.metric,
      gateLimit(gate),
      gateObserved(gate),
      c.dim(interval(gate.observed, metricUnit(gate.metric))),
      c.dim(sampleSize(gate)),
    ]);
  }
  const worst = explained(result).flatMap((gate) => [
    `  ${painter(gate.verdict, c)(gate.metric)}  ${gate.why}`,
    ...offenders(gate, result).map((line) => `    ${line}`),
  ]);
  return result.gates.length === 0 ? [] : [c.bold('Gates'), String(table), ...worst];
}

function latencyLines(result: Result, c: Colors): string[] {
  const rows = latencyRows(result);
  if (rows.length === 0) return [];
  const table = grid(['l', 'l', 'r', 'r', 'r', 'l', 'r', 'l', 'r', 'l', 'r']);
  table.push(['role', 'stage', 'turns', 'eff.', 'p50', '', 'p95', '', 'p99', '', 'max'].map((head) => c.dim(head)));
  for (const row of rows) {
    table.push([
      row.role,
      row.stage,
      count(row.n),
      c.dim(count(row.nEffective)),
      ...[row.p50, row.p95, row.p99].flatMap((it) => quantile(it, c)),
      row.max === null ? '–' : duration(row.max),
    ]);
  }
  return [
    `${c.bold('Latency')}${c.dim('  from the intended start, with 95% intervals; ? is not known, with the effective sample it needs')}`,
    String(table),
  ];
}

/** Value and interval; what is not known takes the narrow form of `not known (needs 299)`. */
function quantile(it: Estimate, c: Colors): [string, string] {
  if (it.value === null && it.needs !== undefined) return [c.yellow('?'), c.dim(lack(it))];
  return [estimate(it), c.dim(interval(it))];
}

function outcomeLines(result: Result, c: Colors): string[] {
  const table = grid(['r', 'r', 'l', 'l']);
  for (const row of result.outcomes) {
    const good = row.outcome === 'answered' && row.status === 200;
    const code = row.errorCode === 0 ? '' : `k6 error ${row.errorCode}`;
    const portion = row.share.value === null ? '' : share(row.share.value);
    table.push([count(row.count), portion, good ? outcomeName(row) : c.red(outcomeName(row)), c.dim(code)]);
  }
  const { sent, userTurns } = result.counts;
  const rates = result.throughput;
  const flow = rates
    ? `, offered ${perSecond(rates.offeredPerSecond)}, completed ${perSecond(rates.completedPerSecond)}, good ${perSecond(rates.goodPerSecond)}`
    : '';
  const head = `${c.bold('Turns')}${c.dim(`  ${count(sent)} sent, ${count(userTurns)} of them by users${flow}`)}`;
  const retries = result.retries === undefined ? [] : [`  ${retryLine(result.retries)}`];
  return [head, ...(result.outcomes.length === 0 ? [] : [String(table)]), ...retries];
}

function violationLines(result: Result, c: Colors): string[] {
  const judged = judgedAnswers(result);
  if (judged === 0) return [];
  if (result.violations.length === 0) return [`${c.bold('Contract')}  no violation in ${plural(judged, 'answer')}`];
  return [
    `${c.bold('Contract')}${c.dim(`  ${plural(result.counts.withViolations, 'turn')} with a failing violation`)}`,
    ...result.violations.flatMap((row) => violation(row, c)),
  ];
}

function violation(row: ViolationRow, c: Colors): string[] {
  return [
    `  ${c.red(row.rule)}  ${row.class}, ${plural(row.count, 'turn')}, as ${turnName(row.example)}`,
    c.dim(`    ${printable(row.template)}`),
    `    expected ${facts(row.expected)}`,
    `    observed ${facts(row.observed)}`,
  ];
}

function generatorLines({ generator, requests }: Result, c: Colors): string[] {
  const { lateMs, late } = generator;
  const parts = [
    lateMs.p95 === null ? 'no start measured' : `starts late by ${duration(lateMs.p95)} at p95`,
    late.value === null ? null : `${share(late.value)} later than 50 ms`,
    generator.cpuShare === undefined ? null : `CPU ${share(generator.cpuShare)}`,
    generator.peakMemoryBytes === undefined ? null : `memory ${bytes(generator.peakMemoryBytes)}`,
    ...requests.map(
      (row) => `${count(row.count)} × ${row.operation}${row.failed > 0 ? `, ${count(row.failed)} failed` : ''}`,
    ),
  ];
  const health = generator.valid ? c.green('valid') : c.red('not valid: says nothing about the service');
  return [`${c.bold('Generator')}  ${health}; ${parts.filter((part) => part !== null).join('; ')}`];
}

function sampleSize({ metric, n, nEffective }: GateResult): string {
  return metric.startsWith('latency.') ? `n ${count(n)}, effective ${count(nEffective)}` : `n ${count(n)}`;
}

function painter(verdict: Result['verdict'], c: Colors): (text: string) => string {
  return { pass: c.green, fail: c.red, 'no-evidence': c.yellow }[verdict];
}

/** A table without lines, indented by two. */
function grid(columns: readonly ('l' | 'r')[]): Table.Table {
  const none = Object.fromEntries(BORDERS.map((border) => [border, '']));
  return new Table({
    chars: { ...none, left: ' ', middle: ' ' },
    colAligns: columns.map((side) => (side === 'l' ? 'left' : 'right')),
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0, compact: true },
  });
}

const BORDERS = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
] as const;
