import type { Audit } from '../contracts/generated/audit.ts';
import type { Comparison } from '../contracts/generated/comparison.ts';
import type { DriftResult } from '../contracts/generated/findings.ts';
import type { History } from '../contracts/generated/history.ts';
import { renderCleanup } from '../scripts/audit/report/cleanup-text.ts';
import { renderAudit } from '../scripts/audit/report/text.ts';
import { demandOf } from '../scripts/capacity/demand/demand.ts';
import { forecastOf } from '../scripts/capacity/demand/forecast.ts';
import { renderCapacityText } from '../scripts/capacity/report/text.ts';
import { summarise } from '../scripts/commands/plan-summary.ts';
import { renderPlan } from '../scripts/commands/render-plan.ts';
import { renderHistoryText } from '../scripts/compare/history/report/text.ts';
import { renderComparisonText } from '../scripts/compare/report/text.ts';
import { renderDoctor } from '../scripts/doctor/render-doctor.ts';
import { renderDriftText } from '../scripts/drift/report/text.ts';
import type { ReportModel } from '../scripts/report/model.ts';
import { renderText } from '../scripts/report/text.ts';
import { plan } from './analysis/made-run.ts';
import { sampleResult } from './capacity/report/sample-result.ts';
import { FINDING, RESULT } from './drift/made-result.ts';
import { infected } from './hostile-text.ts';
import { sampleModel } from './report/sample-model.ts';
import { sampleComparison, sampleHistory } from './report/sample-runs.ts';

/** A failing run with an audit and a problem. */
export async function sampleRun(): Promise<ReportModel> {
  const { result, ...rest } = await sampleModel('failing');
  const problem = { code: 'harness-fault', severity: 'incomplete', detail: 'broken' } as const;
  return { ...rest, audit: AUDIT, result: { ...result, problems: [problem] } };
}

const SHARE = { k: 1, n: 90, value: 0.01, lower: 0, upper: 0.06 };
const TURN = { conversation: 3, turn: 1, run: 'other' };
export const AUDIT: Audit = {
  version: 3,
  runId: 'run-1',
  harness: '0.1.0',
  baseUrl: 'http://127.0.0.1:1',
  startedAt: 1,
  endedAt: 2,
  verdict: 'fail',
  exitCode: 4,
  reason: 'breaches',
  sample: null,
  counts: {
    conversations: 9,
    selected: 9,
    read: 9,
    unread: 0,
    turns: 90,
    answered: 90,
    named: 90,
    stored: 89,
    unrelated: 0,
  },
  shares: {
    lost: SHARE,
    altered: SHARE,
    reordered: SHARE,
    misplaced: SHARE,
    duplicated: SHARE,
    foreign: SHARE,
    crossTalk: SHARE,
  },
  unanswered: [{ what: 'error-status', status: 500, stored: SHARE }],
  retries: { storedTwice: SHARE },
  visibility: { late: 1, longestMs: 900 },
  requests: { get: 9, list: 1, failed: 0 },
  findings: [
    { kind: 'altered', class: 'behavioural', turn: TURN, fields: ['message'], eventId: 'event', interactionId: 'talk' },
    { kind: 'cross-talk', class: 'critical', turn: TURN, other: TURN, what: 'timed-out', afterMs: 3 },
  ],
};

const ACCEPTED = { id: 'aaaaaaaaaaaa', reason: 'announced', owner: 'api-team', expires: '2026-06-30' };
export const DRIFT: DriftResult = {
  ...RESULT,
  verdict: 'fail',
  exitCode: 4,
  findings: [
    { ...FINDING, related: [{ rule: 'other', template: '#/other', k: 1 }] },
    { ...FINDING, id: 'bbbbbbbbbbbb', observed: { type: 'string', sample: 'hello' } },
  ],
  accepted: [{ ...FINDING, id: 'aaaaaaaaaaaa', suppressedBy: ACCEPTED }],
  notTested: [{ kind: 'scopes', code: 'no-read-key' }],
  problems: [{ code: 'harness-fault', detail: 'broken' }],
  leftBehind: ['conversation-17'],
};
export const PAST = [
  { runId: 'a', at: 1, verdict: 'fail', findings: [{ id: FINDING.id, rule: 'gone', k: 1, n: 9 }] },
] as const;

export const CAPACITY = (() => {
  const made = sampleResult({ warnings: [{ code: 'answers-vary', cv: 1.3 }] });
  const forecast = forecastOf(demandOf({ perMonth: 90_000 }, { growth: 0.03, peakFactor: 4 }, 1.8e12), made.capacity);
  return { ...made, forecast };
})();

export const COMPARISON = (() => {
  const made = sampleComparison(1.3);
  const violated = { rule: 'echo', class: 'critical', count: 2 } as const;
  const flaw = { code: 'problem', problem: 'late-starts' } as const;
  const comparison: Comparison = {
    ...made.comparison,
    reasons: [...made.comparison.reasons, { code: 'contract-violated', rule: 'echo', count: 2 }],
    violations: [{ ...violated, isNew: true }],
    notes: [
      { code: 'run-left-out', arm: 'baseline', run: '2026-01-31T09-30-00-load', flaw },
      { code: 'loads-differ', loads: made.baseline.slice(0, 1).map(({ load }) => load) },
    ],
  };
  return { ...made, comparison };
})();

export const HISTORY: History = {
  ...sampleHistory(),
  notes: [{ code: 'folder-unreadable', detail: 'results/odd has no result.json' }],
};

const DIAGNOSES = [
  { name: 'service', status: 'problem', text: 'answers 500', advice: 'ask its owner', exitCode: 8 },
  { name: 'proxy', status: 'ok', text: 'none' },
] as const;

const PLAN = {
  ...summarise({ plan: plan(), profile: { summary: 'a sample', duration: '1m', stages: [] } }, false),
  target: { baseUrl: 'http://127.0.0.1:8787', botId: 'bot' },
  confirmTarget: '127.0.0.1',
};

const CLEANUP = {
  dryRun: false,
  shared: false,
  targets: { own: [], gone: ['g'], foreign: ['f'], shared: ['s'], unseen: [], untraceable: 1, whole: false },
  removed: ['r'],
  left: ['l'],
  exitCode: 4,
} as const;

export type Output = readonly [name: string, render: (text: string) => string];

/** The text of every command, with a text at the end of each of its texts that is no code. */
export const textOutputs = (run: () => ReportModel): readonly Output[] => [
  ['run', (text) => renderText(infected(run(), text), { color: false, reportPath: `p${text}` })],
  ['run, coloured', (text) => renderText(infected(run(), text), { color: true })],
  ['drift', (text) => renderDriftText(infected(DRIFT, text), 'folder')],
  ['capacity', (text) => renderCapacityText(infected(CAPACITY, text), { reportPath: 'page' })],
  ['compare', (text) => renderComparisonText(infected(COMPARISON.comparison, text))],
  ['history', (text) => renderHistoryText(infected(HISTORY, text))],
  ['audit', (text) => renderAudit(infected(AUDIT, text), { color: false })],
  ['cleanup', (text) => renderCleanup(infected(CLEANUP, text))],
  ['doctor', (text) => renderDoctor(infected(DIAGNOSES, text), false)],
  ['plan', (text) => renderPlan(infected(PLAN, text))],
];
