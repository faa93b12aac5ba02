import junit from 'junit-report-builder';
import type { Audit } from '../../contracts/generated/audit.ts';
import type { Result, ViolationRow } from '../../contracts/generated/result.ts';
import { FAILING_CLASSES } from '../../contracts/violation.ts';
import { KINDS } from '../audit/finding.ts';
import { facts, printable } from '../foundation/text/facts.ts';
import { gateLimit, gateObserved, interval, metricUnit, plural } from '../foundation/text/format.ts';
import { findingStory } from './audit-text.ts';
import { judgedRules } from './judged-rules.ts';
import { type ReportModel, turnName } from './model.ts';
import { offenders } from './offenders.ts';

type Suite = ReturnType<ReturnType<typeof junit.newBuilder>['testSuite']>;

/**
 * The report as JUnit XML: one case for the run's verdict, one a gate, one a rule that answers were held against.
 * What is not known is an error, never skipped, because most readers of this format show a skipped case as harmless.
 */
export function renderJunit({ result, audit }: ReportModel): string {
  const builder = junit.newBuilder();
  const suite = (name: string) => builder.testSuite().name(`fini-harness ${result.scenario}: ${name}`);
  runCase(suite('run').timestamp(result.plan.createdAt), result);
  gateCases(suite('gates'), result);
  ruleCases(suite('contract'), result);
  if (audit !== undefined) auditCases(suite('audit'), audit);
  return builder.build();
}

function runCase(suite: Suite, result: Result): void {
  const test = suite
    .testCase()
    .className(`fini-harness.${result.scenario}`)
    .name('verdict')
    .time(result.window.lastedMs / 1000);
  const problems = result.problems.map(({ severity, message }) => `${severity}: ${message}`).join('\n');
  if (problems !== '') test.standardOutput(printableLines(problems));
  if (result.verdict === 'fail') test.failure(printable(result.headline), 'fail');
  if (result.verdict === 'no-evidence') test.error(printable(result.headline), 'no-evidence');
}

function gateCases(suite: Suite, result: Result): void {
  for (const gate of result.gates) {
    const test = suite
      .testCase()
      .className(`fini-harness.${result.scenario}.gates`)
      .name(`${gate.metric} ${gateLimit(gate)}`);
    const observed = `observed ${gateObserved(gate)} ${interval(gate.observed, metricUnit(gate.metric))}`.trimEnd();
    test.standardOutput(`${observed}, n ${gate.n}, effective ${Math.round(gate.nEffective)}`);
    if (gate.verdict === 'fail') {
      test.failure(printable(gate.why), 'gate').stacktrace(printableLines(offenders(gate, result).join('\n')));
    }
    if (gate.verdict === 'no-evidence') test.error(printable(gate.why), 'no-evidence');
  }
}

function ruleCases(suite: Suite, result: Result): void {
  const judged = judgedRules(result).map(({ id }) => id);
  for (const rule of new Set([...judged, ...result.violations.map((row) => row.rule)])) {
    const rows = result.violations.filter((row) => row.rule === rule);
    const test = suite.testCase().className(`fini-harness.${result.scenario}.contract`).name(rule);
    const failing = rows.filter((row) => FAILING_CLASSES.includes(row.class));
    const story = rows.map(violation).join('\n');
    const [first] = failing;
    if (first === undefined && story !== '') test.standardOutput(story);
    if (first !== undefined)
      test.failure(`${plural(first.count, 'turn')}: ${printable(first.template)}`, first.class).stacktrace(story);
  }
}

/** One case a kind of breach that an audit looks for. */
function auditCases(suite: Suite, audit: Audit): void {
  for (const [kind, { class: level, title }] of Object.entries(KINDS)) {
    if (level === 'notice') continue;
    const test = suite.testCase().className('fini-harness.audit').name(`${kind}: ${title}`);
    const found = audit.findings.filter((finding) => finding.kind === kind);
    const story = found.map(findingStory).join('\n');
    if (found.length > 0) test.failure(plural(found.length, 'finding'), level).stacktrace(story);
    else if (audit.verdict === 'no-evidence') test.error(printable(audit.headline), 'no-evidence');
  }
}

function violation(row: ViolationRow): string {
  return [
    `${row.class} at ${printable(row.template)}: ${plural(row.count, 'turn')}, as ${turnName(row.example)}`,
    `  expected ${facts(row.expected)}`,
    `  observed ${facts(row.observed)}`,
  ].join('\n');
}

function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
