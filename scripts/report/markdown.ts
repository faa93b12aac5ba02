import { markdownTable } from 'markdown-table';
import type { Audit } from '../../contracts/generated/audit.ts';
import type { LatencyRow, Result } from '../../contracts/generated/result.ts';
import { facts, printable } from '../foundation/text/facts.ts';
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
import { shownUrl } from '../foundation/text/target.ts';
import { auditFacts, auditReason, auditScope, findingStory } from './audit-text.ts';
import { judgedAnswers } from './judged-rules.ts';
import {
  latencyRows,
  loadLine,
  outcomeName,
  problemsBesides,
  type ReportModel,
  reason,
  turnName,
  VERDICTS,
} from './model.ts';
import { explained, offenders } from './offenders.ts';

/** A job summary holds 1 MiB; violations are the only part that a service can make long. */
const MOST_VIOLATIONS = 20;

/** The report as GitHub-flavoured Markdown, short enough for a job summary or a comment. */
export function renderMarkdown({ result, audit }: ReportModel): string {
  const { mark, word } = VERDICTS[result.verdict];
  const sections = [
    `## ${mark} ${word}: ${result.scenario}`,
    plain(reason(result)),
    problemsBesides(result)
      .map(({ severity, message }) => `> **${severity}**: ${plain(message)}`)
      .join('\n>\n'),
    gates(result),
    worst(result),
    latency(result),
    outcomes(result),
    violations(result),
    audit === undefined ? '' : audited(audit),
    footer(result),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function gates({ gates: rows }: Result): string {
  if (rows.length === 0) return '';
  const body = rows.map((gate) => [
    `${VERDICTS[gate.verdict].mark} ${VERDICTS[gate.verdict].word}`,
    `\`${gate.metric}\` ${plain(gateLimit(gate))}`,
    plain(gateObserved(gate)),
    plain(interval(gate.observed, metricUnit(gate.metric))),
    count(gate.n),
  ]);
  return table(['Verdict', 'Gate', 'Observed', '95% interval', 'n'], body, 'lllrr');
}

function worst(result: Result): string {
  return explained(result)
    .map((gate) => {
      const lines = offenders(gate, result).map((line) => `  - ${plain(line)}`);
      return [`- \`${gate.metric}\`: ${plain(gate.why)}`, ...lines].join('\n');
    })
    .join('\n');
}

function latency(result: Result): string {
  const rows = latencyRows(result);
  const [measured, rest] = [rows.filter(isMeasured), rows.filter((row) => !isMeasured(row))];
  if (rows.length === 0) return '';
  const stages =
    rest.length === 0 ? '' : `\n\n<details><summary>By stage</summary>\n\n${latencyTable(rest)}\n\n</details>`;
  return `### Latency\n\n${latencyTable(measured)}${stages}`;
}

function isMeasured({ stage }: LatencyRow): boolean {
  return stage === 'measured';
}

function latencyTable(rows: readonly LatencyRow[]): string {
  const body = rows.map((row) => [
    `${row.role}, ${plain(row.stage)}`,
    `${count(row.n)} (${count(row.nEffective)})`,
    ...[row.p50, row.p95, row.p99].map((it) => plain(`${estimate(it)} ${interval(it)}`.trimEnd())),
    row.max === null ? '–' : duration(row.max),
  ]);
  return table(['Role, stage', 'n (effective)', 'p50', 'p95', 'p99', 'max'], body, 'lrrrrr');
}

function outcomes({ outcomes: rows, counts }: Result): string {
  if (rows.length === 0) return '';
  const body = rows.map((row) => [
    outcomeName(row),
    row.errorCode === 0 ? '' : String(row.errorCode),
    count(row.count),
    row.share.value === null ? '' : plain(share(row.share.value)),
  ]);
  const head = `### Turns\n\n${plural(counts.sent, 'turn')} sent, ${count(counts.userTurns)} by users.`;
  return `${head}\n\n${table(['Outcome', 'k6 error', 'Turns', 'Share'], body, 'lrrr')}`;
}

function violations(result: Result): string {
  const rows = result.violations;
  const judged = judgedAnswers(result);
  if (judged === 0) return '';
  if (rows.length === 0) return `### Contract\n\nNo violation in ${plural(judged, 'answer')}.`;
  const body = rows
    .slice(0, MOST_VIOLATIONS)
    .map((row) => [
      `\`${row.rule}\``,
      row.class,
      count(row.count),
      code(row.template),
      code(facts(row.expected)),
      code(facts(row.observed)),
      turnName(row.example),
    ]);
  const more =
    rows.length > MOST_VIOLATIONS ? `\n\nAnd ${count(rows.length - MOST_VIOLATIONS)} more in result.json.` : '';
  return `### Contract\n\n${table(['Rule', 'Class', 'Turns', 'Where', 'Expected', 'Observed', 'Example'], body, 'llrllll')}${more}`;
}

function audited(audit: Audit): string {
  const body = auditFacts(audit).map(({ name, value, note }) => [name, plain(value), plain(note)]);
  const offenders = audit.findings
    .slice(0, MOST_VIOLATIONS)
    .map((finding) => `- **${finding.kind}**: ${plain(findingStory(finding))}`);
  const more = audit.findings.length - offenders.length;
  return [
    `### Audit: ${VERDICTS[audit.verdict].word}`,
    `${plain(auditReason(audit))} Read back ${plain(auditScope(audit))}.`,
    table(['What', 'Share', 'Counts and 95% interval'], body, 'lrl'),
    offenders.join('\n'),
    more > 0 ? `And ${count(more)} more in audit.json.` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function footer(result: Result): string {
  const tools = [`fini-harness ${result.plan.harness}`, result.plan.k6 === undefined ? null : `k6 ${result.plan.k6}`];
  const parts = [`run \`${result.runId}\``, plain(shownUrl(result.target)), loadLine(result), ...tools];
  return `<sub>${parts.filter((part) => part !== null).join(' · ')}</sub>`;
}

function table(head: string[], body: string[][], align: string): string {
  return markdownTable([head, ...body], { align: [...align], alignDelimiters: false, padding: true });
}

/** Text as it is: nothing in it becomes markup, a mention or a link. */
function plain(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|~#@]/g, '\\$&');
}

/** Text of the service as a code span that it cannot end, in a table cell that it cannot split. */
function code(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  const pad = fence.length > 1 ? ' ' : '';
  return text === '' ? '' : `${fence}${pad}${text.replace(/(\\*)\|/g, '$1$1\\|')}${pad}${fence}`;
}
