import type { Audit } from '../../contracts/generated/audit.ts';
import type { LatencyRow, Result } from '../../contracts/generated/result.ts';
import { auditFacts, auditReason, auditScope, findingStory } from '../audit/report/text.ts';
import { CUSTOMER_TEXT } from '../foundation/text/customer-text.ts';
import { expectedText, observedText } from '../foundation/text/facts.ts';
import {
  count,
  duration,
  estimate,
  gateLimit,
  gateObserved,
  interval,
  metricUnit,
  plural,
  share,
} from '../foundation/text/format.ts';
import { gatesOffText } from '../foundation/text/gates-off.ts';
import {
  blocks,
  code,
  list,
  type Markdown,
  markdownDocument,
  md,
  nested,
  quotes,
  table,
} from '../foundation/text/markdown.ts';
import { overlayName } from '../foundation/text/overlay-name.ts';
import { shownUrl } from '../foundation/text/target.ts';
import { VERDICTS } from '../foundation/text/verdicts.ts';
import { conversationLine } from './conversation-line.ts';
import { gateSentence } from './gate-sentence.ts';
import { judgedAnswers } from './judged-rules.ts';
import { errorStory, latencyRows, loadLine, outcomeName, type ReportModel, turnName } from './model.ts';
import { nextStepsOf } from './next-step.ts';
import { explained, offenders } from './offenders.ts';
import { problemSentence } from './problem-sentence.ts';
import { problemsBesides, reasonOf } from './reason.ts';
import { RUNNER_HEAD, runnerCells } from './runner-cells.ts';

/** A job summary holds 1 MiB; violations are the only part that a service can make long. */
const MOST_VIOLATIONS = 20;

/** The report as GitHub-flavoured Markdown, short enough for a job summary or a comment. */
export function renderMarkdown({ result, audit }: ReportModel): string {
  const { mark, word } = VERDICTS[result.verdict];
  return markdownDocument(
    md`## ${mark} ${word}: ${result.scenario}`,
    md`${reasonOf(result, audit)}`,
    quotes(problemsBesides(result).map((it) => md`**${it.severity}**: ${problemSentence(it, result)}`)),
    gates(result),
    off(result),
    worst(result),
    latency(result),
    result.conversations && md`Conversations: ${conversationLine(result.conversations)}`,
    outcomes(result),
    violations(result),
    runners(result),
    audit && audited(audit),
    next(result),
    footer(result),
  );
}

function gates({ gates: rows }: Result): Markdown | undefined {
  if (rows.length === 0) return undefined;
  const body = rows.map((gate) => [
    `${VERDICTS[gate.verdict].mark} ${VERDICTS[gate.verdict].word}`,
    md`${code(gate.metric)} ${gateLimit(gate)}`,
    gateObserved(gate),
    interval(gate.observed, metricUnit(gate.metric)),
    count(gate.n),
  ]);
  return table(['Verdict', 'Gate', 'Observed', '95% interval', 'n'], body, 'lllrr');
}

function next(result: Result): Markdown | undefined {
  const steps = nextStepsOf(result);
  return steps.length === 0 ? undefined : list(steps.map(({ what, command }) => md`${what}: ${code(command)}`));
}

function off(result: Result): Markdown | undefined {
  const text = gatesOffText(result);
  return text === undefined ? undefined : quotes([md`**Gates**: ${text}`]);
}

function worst(result: Result): Markdown {
  return list(
    explained(result).map((gate) =>
      nested(md`${code(gate.metric)}: ${gateSentence(gate, result)}`, offenders(gate, result)),
    ),
  );
}

function latency(result: Result): Markdown | undefined {
  const rows = latencyRows(result);
  const [measured, rest] = [rows.filter(isMeasured), rows.filter((row) => !isMeasured(row))];
  if (rows.length === 0) return undefined;
  return blocks(
    md`### Latency`,
    latencyTable(measured),
    ...(rest.length === 0 ? [] : [md`<details><summary>By stage</summary>`, latencyTable(rest), md`</details>`]),
  );
}

function isMeasured({ stage }: LatencyRow): boolean {
  return stage === 'measured';
}

function latencyTable(rows: readonly LatencyRow[]): Markdown {
  const body = rows.map((row) => [
    `${row.role}, ${row.stage}`,
    `${count(row.n)} (${count(row.nEffective)})`,
    ...[row.p50, row.p95, row.p99].map((it) => `${estimate(it)} ${interval(it)}`.trimEnd()),
    row.max === null ? '–' : duration(row.max),
  ]);
  return table(['Role, stage', 'n (effective)', 'p50', 'p95', 'p99', 'max'], body, 'lrrrrr');
}

function outcomes({ outcomes: rows, counts }: Result): Markdown | undefined {
  if (rows.length === 0) return undefined;
  const body = rows.map((row) => [
    outcomeName(row),
    errorStory(row),
    count(row.count),
    row.share.value === null ? '' : share(row.share.value),
  ]);
  return blocks(
    md`### Turns`,
    md`${plural(counts.sent, 'turn')} sent, ${count(counts.userTurns)} by users.`,
    table(['Outcome', 'k6 error', 'Turns', 'Share'], body, 'llrr'),
  );
}

function violations(result: Result): Markdown | undefined {
  const rows = result.violations;
  const judged = judgedAnswers(result);
  if (judged === 0) return undefined;
  if (rows.length === 0) return md`### Contract\n\nNo violation in ${plural(judged, 'answer')}.`;
  const body = rows
    .slice(0, MOST_VIOLATIONS)
    .map((row) => [
      code(row.rule),
      row.class,
      count(row.count),
      code(row.template),
      code(expectedText(row.expected)),
      code(observedText(row.observed)),
      turnName(row.example),
    ]);
  const more = rows.length - body.length;
  return blocks(
    md`### Contract`,
    table(['Rule', 'Class', 'Turns', 'Where', 'Expected', 'Observed', 'Example'], body, 'llrllll'),
    more > 0 ? md`And ${count(more)} more in result.json.` : undefined,
  );
}

function runners({ runners: rows = [] }: Result): Markdown | undefined {
  if (rows.length === 0) return undefined;
  return blocks(md`### Runners`, table([...RUNNER_HEAD], rows.map(runnerCells), 'rrrrrrrr'));
}

function audited(audit: Audit): Markdown {
  const body = auditFacts(audit).map(({ name, value, note }) => [name, value, note]);
  const shown = audit.findings.slice(0, MOST_VIOLATIONS);
  const more = audit.findings.length - shown.length;
  return blocks(
    md`### Audit: ${VERDICTS[audit.verdict].word}`,
    md`${auditReason(audit)} Read back ${auditScope(audit)}.`,
    table(['What', 'Share', 'Counts and 95% interval'], body, 'lrl'),
    list(shown.map((finding) => md`**${finding.kind}**: ${findingStory(finding)}`)),
    more > 0 ? md`And ${count(more)} more in audit.json.` : undefined,
  );
}

function footer(result: Result): Markdown {
  const { k6: version, contract, customerText } = result.plan;
  const k6 = version === undefined ? '' : ` · k6 ${version}`;
  const overlay = contract === undefined ? '' : ` · contract with ${overlayName(contract)}`;
  return md`<sub>run ${code(result.runId)} · ${code(shownUrl(result.target))} · ${loadLine(result)} · fini-harness ${result.plan.harness}${k6}${overlay}${customerText ? ` · ${CUSTOMER_TEXT}` : ''}</sub>`;
}
