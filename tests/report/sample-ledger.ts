import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import { SAMPLE_TIMEOUT_MS, type SampleTurn } from './sample-turns.ts';

const START_AT = Date.UTC(2026, 10, 23, 5, 48, 53);

/** What k6 would have written of these turns, sent in one lane; nothing without turns. */
export function sampleLedger(turns: readonly SampleTurn[]): string {
  if (turns.length === 0) return '';
  const conversations = new Set(turns.map(({ conversation }) => conversation)).size;
  const end = Math.max(...turns.map(settledAt));
  const lines: LedgerLine[] = [
    { kind: 'lane-start', lane: 0, at: START_AT - 1000, startAt: START_AT, runId: '20261123-054852-stress-k3f9' },
    ...turns.flatMap((turn) => [sent(turn), settled(turn)]),
    ...ends(turns),
    { kind: 'lane-end', lane: 0, at: end, conversations, sent: turns.length, settled: turns.length },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function keyOf({ conversation, turn }: SampleTurn) {
  return { conversation, turn, attempt: 0, lane: 0 };
}

function sent(it: SampleTurn): LedgerLine {
  const intendedAt = START_AT + it.atMs;
  return { kind: 'sent', ...keyOf(it), role: it.role, intendedAt, sentAt: intendedAt };
}

function settledAt({ atMs, latencyMs }: SampleTurn): number {
  return START_AT + atMs + (latencyMs ?? SAMPLE_TIMEOUT_MS);
}

function settled(it: SampleTurn): LedgerLine {
  const durationMs = it.latencyMs ?? SAMPLE_TIMEOUT_MS;
  return {
    kind: 'settled',
    ...keyOf(it),
    settledAt: settledAt(it),
    outcome: it.latencyMs === null ? 'timed-out' : 'answered',
    status: it.status,
    errorCode: it.status === 200 ? 0 : it.status === 0 ? 1050 : 1000 + it.status,
    durationMs,
    waitingMs: durationMs,
    connectMs: 0,
    bytes: it.latencyMs === null ? 0 : 1200,
    events: [],
    violations: it.rule === null ? [] : [VIOLATIONS[it.rule]],
  };
}

/** Samples hold what a service could send to harm a reader: markup, a terminal escape, table and code delimiters. */
const VIOLATIONS = {
  'cross-talk': {
    rule: 'cross-talk',
    class: 'critical',
    location: '#/responses/200/body/1/id',
    template: '#/responses/200/body/*/id',
    expected: { conversation: 'the one that was sent' },
    observed: { type: 'string', sample: '<script>alert(1)</script> | `x` ]]> \u001b[31m \u202e [e-mail]' },
  },
  'response-property-type-changed': {
    rule: 'response-property-type-changed',
    class: 'breaking',
    location: '#/responses/200/body/1/createdAt',
    template: '#/responses/200/body/*/createdAt',
    expected: { type: 'integer', unit: 'ms' },
    observed: { type: 'string', sample: '2026-11-23T05:50:11Z' },
  },
} as const;

function ends(turns: readonly SampleTurn[]): LedgerLine[] {
  const last = new Map(turns.map((turn) => [turn.conversation, turn]));
  return [...last.values()].map((it) => ({
    kind: 'conversation',
    conversation: it.conversation,
    lane: 0,
    at: settledAt(it),
    template: 'refund',
    outcome: it.latencyMs === null ? 'failed' : 'completed',
    turnsPlanned: it.turn + 1,
    turnsSent: it.turn + 1,
  }));
}
