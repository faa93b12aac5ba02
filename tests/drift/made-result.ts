import type { DriftResult, Finding } from '../../contracts/generated/findings.ts';

export const FINDING: Finding = {
  id: 'd41f0c9a7b12',
  rule: 'response-property-became-nullable',
  class: 'breaking',
  notice: false,
  why: 'A typed client fails on null.',
  operation: 'generate-answer',
  condition: 'valid-user-turn',
  location: '#/responses/200/body/1/message',
  template: '#/responses/200/body/*/message',
  expected: { type: 'string' },
  observed: { type: 'null', sample: 'null' },
  frequency: { k: 3, n: 90, rate: 1 / 30, ci95: [0.007, 0.094] },
  spread: { operations: ['generate-answer'], conditions: ['valid-user-turn'], firstAt: 1_000, lastAt: 2_000 },
  related: [],
  evidence: ['evidence/000014.json'],
  baseline: null,
  suppressedBy: null,
};

export const RESULT: DriftResult = {
  version: 2,
  kind: 'drift',
  contract: '1.0.0',
  judge: { strictAdditive: false, strictStatistical: false },
  baselines: 0,
  runId: 'run-1',
  source: 'drift',
  budget: 'standard',
  target: { baseUrl: 'http://127.0.0.1:1', botId: 'bot', embedded: false },
  startedAt: 1_000,
  endedAt: 2_000,
  verdict: 'pass',
  exitCode: 0,
  problems: [],
  findings: [],
  accepted: [],
  coverage: [{ kind: 'U', condition: 'valid-user-turn', n: 90, findings: 0, seenAbove: 0.05 }],
  notTested: [],
  counts: { requests: 90, userTurns: 90, unanswered: 0, outages: 0, visibleLate: 0 },
  shapes: { 'generate-answer/200/body': { n: 90, types: { array: 90 }, length: [2, 2] } },
  statuses: { 'generate-answer valid-user-turn': { 200: 90 } },
  replies: null,
  distributions: [],
};

const suppressedBy = { id: 'aaaaaaaaaaaa', reason: 'announced', owner: 'api-team', expires: '2026-06-30' };
/** It fails by one finding; another is additive, and one accepted. */
export const BROKEN: DriftResult = {
  ...RESULT,
  verdict: 'fail',
  exitCode: 4,
  findings: [FINDING, { ...FINDING, id: 'bbbbbbbbbbbb', rule: 'response-header-added', class: 'additive' }],
  accepted: [{ ...FINDING, id: 'aaaaaaaaaaaa', suppressedBy }],
};
