import type { Audit } from '../../contracts/generated/audit.ts';
import type { Result, ViolationRow } from '../../contracts/generated/result.ts';
import { FAILING_CLASSES } from '../../contracts/violation.ts';
import { KINDS } from '../audit/finding.ts';
import { findingStory } from '../audit/report/text.ts';
import { expectedText, observedText } from '../foundation/text/facts.ts';
import { gateLimit, gateObserved, interval, metricUnit, plural } from '../foundation/text/format.ts';
import { type JunitCase, junitXml } from '../foundation/text/junit.ts';
import { judgedRules } from './judged-rules.ts';
import { type ReportModel, turnName } from './model.ts';
import { offenders } from './offenders.ts';

/** The report as JUnit XML: one case for the run's verdict, one a gate, one a rule that answers were held against. */
export function renderJunit({ result, audit }: ReportModel): string {
  const name = (part: string) => `fini-harness ${result.scenario}: ${part}`;
  return junitXml([
    { name: name('run'), timestamp: result.plan.createdAt, cases: [runCase(result)] },
    { name: name('gates'), cases: gateCases(result) },
    { name: name('contract'), cases: ruleCases(result) },
    ...(audit === undefined ? [] : [{ name: name('audit'), cases: auditCases(audit) }]),
  ]);
}

function runCase({ scenario, window, problems, verdict, headline }: Result): JunitCase {
  return {
    className: `fini-harness.${scenario}`,
    name: 'verdict',
    seconds: window.lastedMs / 1000,
    output: problems.map(({ severity, message }) => `${severity}: ${message}`).join('\n'),
    ...(verdict === 'fail' ? { outcome: { kind: 'failure', type: 'fail', message: headline } } : {}),
    ...(verdict === 'no-evidence' ? { outcome: { kind: 'error', type: 'no-evidence', message: headline } } : {}),
  };
}

function gateCases(result: Result): JunitCase[] {
  return result.gates.map((gate) => {
    const observed = `observed ${gateObserved(gate)} ${interval(gate.observed, metricUnit(gate.metric))}`.trimEnd();
    const details = offenders(gate, result).join('\n');
    return {
      className: `fini-harness.${result.scenario}.gates`,
      name: `${gate.metric} ${gateLimit(gate)}`,
      output: `${observed}, n ${gate.n}, effective ${Math.round(gate.nEffective)}`,
      ...(gate.verdict === 'fail' ? { outcome: { kind: 'failure', type: 'gate', message: gate.why, details } } : {}),
      ...(gate.verdict === 'no-evidence' ? { outcome: { kind: 'error', type: 'no-evidence', message: gate.why } } : {}),
    };
  });
}

function ruleCases(result: Result): JunitCase[] {
  const judged = judgedRules(result).map(({ id }) => id);
  return [...new Set([...judged, ...result.violations.map((row) => row.rule)])].map((rule) => {
    const rows = result.violations.filter((row) => row.rule === rule);
    const [failing] = rows.filter((row) => FAILING_CLASSES.includes(row.class));
    const story = rows.map(violation).join('\n');
    const test = { className: `fini-harness.${result.scenario}.contract`, name: rule };
    if (failing === undefined) return { ...test, output: story };
    const message = `${plural(failing.count, 'turn')}: ${failing.template}`;
    return { ...test, outcome: { kind: 'failure', type: failing.class, message, details: story } };
  });
}

/** One case a kind of breach that an audit looks for. */
function auditCases(audit: Audit): JunitCase[] {
  const breaches = Object.entries(KINDS).filter(([, { class: level }]) => level !== 'notice');
  return breaches.map(([kind, { class: level, title }]) => {
    const found = audit.findings.filter((finding) => finding.kind === kind);
    const test = { className: 'fini-harness.audit', name: `${kind}: ${title}` };
    if (found.length > 0) {
      const details = found.map(findingStory).join('\n');
      return { ...test, outcome: { kind: 'failure', type: level, message: plural(found.length, 'finding'), details } };
    }
    if (audit.verdict !== 'no-evidence') return test;
    return { ...test, outcome: { kind: 'error', type: 'no-evidence', message: audit.headline } };
  });
}

function violation(row: ViolationRow): string {
  return [
    `${row.class} at ${row.template}: ${plural(row.count, 'turn')}, as ${turnName(row.example)}`,
    `  expected ${expectedText(row.expected)}`,
    `  observed ${observedText(row.observed)}`,
  ].join('\n');
}
