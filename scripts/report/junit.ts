import { familyOf } from '../../contracts/gate-metric.ts';
import type { Audit } from '../../contracts/generated/audit.ts';
import type { Result, ViolationRow } from '../../contracts/generated/result.ts';
import { FAILING_CLASSES } from '../../contracts/violation.ts';
import { KINDS } from '../audit/finding.ts';
import { auditReason, findingStory } from '../audit/report/text.ts';
import { expectedText, observedText } from '../foundation/text/facts.ts';
import { gateLimit, gateObserved, interval, metricUnit, plural } from '../foundation/text/format.ts';
import { gatesOffText } from '../foundation/text/gates-off.ts';
import { type JunitCase, junitXml } from '../foundation/text/junit.ts';
import { gateSentence } from './gate-sentence.ts';
import { judgedRules } from './judged-rules.ts';
import { type ReportModel, turnName } from './model.ts';
import { offenders } from './offenders.ts';
import { problemSentence } from './problem-sentence.ts';
import { headlineOf } from './reason.ts';

/**
 * The report as JUnit XML: one case for the run itself, one a gate, one a rule that answers were held against. What a case
 * of its own shows, the case of the run does not show once more.
 */
export function renderJunit({ result, audit }: ReportModel): string {
  const name = (part: string) => `fini-harness ${result.scenario}: ${part}`;
  const [gates, rules, audited] = [gateCases(result), ruleCases(result), audit === undefined ? [] : auditCases(audit)];
  const isShown = [...gates, ...rules, ...audited].some(({ outcome }) => outcome !== undefined);
  return junitXml([
    { name: name('run'), timestamp: result.plan.createdAt, cases: [runCase({ result, audit }, isShown)] },
    { name: name('gates'), cases: gates },
    { name: name('contract'), cases: rules },
    ...(audit === undefined ? [] : [{ name: name('audit'), cases: audited }]),
  ]);
}

/** Reasons that have cases of their own. */
const SHOWN: readonly Result['reason'][] = ['gates-failed', 'gates-undecided', 'audit'];

function runCase({ result, audit }: Pick<ReportModel, 'result' | 'audit'>, isShown: boolean): JunitCase {
  const { scenario, window, problems, verdict, reason } = result;
  const test = {
    className: `fini-harness.${scenario}`,
    name: 'the run is valid and complete',
    seconds: window.lastedMs / 1000,
    output: [gatesOffText(result), ...problems.map((it) => `${it.severity}: ${problemSentence(it, result)}`)].filter(
      (line) => line !== undefined,
    ),
  };
  if (verdict === 'pass' || (isShown && SHOWN.includes(reason))) return test;
  return { ...test, outcome: { kind: KINDS_OF[verdict], type: verdict, message: headlineOf(result, audit) } };
}

const KINDS_OF = { fail: 'failure', 'no-evidence': 'error' } as const;

function gateCases(result: Result): JunitCase[] {
  return result.gates.map((gate) => {
    const { metric, verdict, observed, n, nEffective } = gate;
    const test = {
      className: `fini-harness.${result.scenario}.gates`,
      name: `${metric} ${gateLimit(gate)}`,
      output: [
        `observed ${`${gateObserved(gate)} ${interval(observed, metricUnit(metric))}`.trim()}, n ${n}, effective ${Math.round(nEffective)}`,
      ],
    };
    if (verdict === 'pass') return test;
    const details = offenders(gate, result);
    return {
      ...test,
      outcome: { kind: KINDS_OF[verdict], type: 'gate', message: gateSentence(gate, result), details },
    };
  });
}

function ruleCases(result: Result): JunitCase[] {
  const judged = judgedRules(result).map(({ id }) => id);
  // A gate may allow some, or none may be asked for: what does not fail the run does not fail a build.
  const isJudged = result.gates.some(({ metric, verdict }) => familyOf(metric) === 'violations' && verdict !== 'pass');
  return [...new Set([...judged, ...result.violations.map((row) => row.rule)])].map((rule) => {
    const rows = result.violations.filter((row) => row.rule === rule);
    const [failing] = isJudged ? rows.filter((row) => FAILING_CLASSES.includes(row.class)) : [];
    const story = rows.flatMap(violation);
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
      const details = found.map(findingStory);
      return { ...test, outcome: { kind: 'failure', type: level, message: plural(found.length, 'finding'), details } };
    }
    if (audit.verdict !== 'no-evidence') return test;
    return { ...test, outcome: { kind: 'error', type: 'no-evidence', message: auditReason(audit) } };
  });
}

function violation(row: ViolationRow): string[] {
  return [
    `${row.class} at ${row.template}: ${plural(row.count, 'turn')}, as ${turnName(row.example)}`,
    `  expected ${expectedText(row.expected)}`,
    `  observed ${observedText(row.observed)}`,
  ];
}
