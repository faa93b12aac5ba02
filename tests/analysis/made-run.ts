import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import type { ConversationEnd, LedgerLine, Sent, Settled } from '../../contracts/generated/ledger.ts';
import type { Gate, Plan } from '../../contracts/generated/plan.ts';
import type { Result } from '../../contracts/generated/result.ts';
import { type Analysis, analyse } from '../../scripts/analysis/analyse.ts';
import type { RunFacts } from '../../scripts/analysis/metrics/run-facts.ts';
import type { Series } from '../../scripts/analysis/metrics/series.ts';

/** Epoch ms of time zero in made ledgers. */
export const ZERO = 1_000_000;

/** A turn as a test tells it; the rest follows. */
export interface MadeTurn {
  readonly conversation?: number;
  readonly turn?: number;
  readonly attempt?: number;
  readonly role?: Sent['role'];
  /** Intended start, ms from time zero. */
  readonly atMs?: number;
  readonly lateMs?: number;
  readonly durationMs?: number;
  readonly connectMs?: number;
  /** To the first byte. */
  readonly waitingMs?: number;
  /** absent: never settled. */
  readonly outcome?: Settled['outcome'] | 'absent';
  readonly status?: number;
  readonly errorCode?: number;
  /** Why no answer came. */
  readonly error?: string;
  readonly violations?: Settled['violations'];
}

export const PLAN: Plan = {
  version: 1,
  runId: 'run-1',
  scenario: 'load',
  createdAt: '2025-01-01T00:00:00.000Z',
  harness: '0.1.0',
  target: { baseUrl: 'http://127.0.0.1:1', botId: 'bot', embedded: true },
  seed: 1,
  model: 'poisson',
  stages: [
    { name: 'warm-up', startMs: 0, endMs: 1_000, from: 10, to: 10, measured: false },
    { name: 'steady', startMs: 1_000, endMs: 61_000, from: 10, to: 10, measured: true },
  ],
  windowMs: 61_000,
  drainMs: 30_000,
  timeoutMs: 20_000,
  leadMs: 1_000,
  lanes: 1,
  inFlightPerLane: 100,
  conversations: null,
  turns: null,
  schedule: [],
  continuation: { strategy: 'single' },
  breaker: { rateLimited: 10, failing: 20, unreachable: 5 },
  thinkTime: { law: 'constant', meanMs: 0, cv: 0 },
  gates: [],
  workload: { source: 'made', sha256: '', conversations: [{ id: 'a', turns: [{ content: 'Hello' }] }] },
  config: {},
};

export const VIOLATION: Settled['violations'][number] = {
  rule: 'event-id-unique',
  class: 'breaking',
  location: '#/responses/200/body/1/id',
  template: '#/responses/200/body/*/id',
  expected: { unique: true },
  observed: { type: 'string', sample: 'twice' },
};

export function plan(gates: readonly Gate[] = [], overrides: Partial<Plan> = {}): Plan {
  return { ...PLAN, gates: [...gates], ...overrides };
}

/** The lines of one turn: sent, and settled unless it never did. */
export function turnLines(made: MadeTurn, lane = 0): LedgerLine[] {
  const { conversation = 0, turn = 0, attempt = 0, role = 'user', atMs = 2_000, lateMs = 0 } = made;
  const { durationMs = 100, connectMs = 0, outcome = 'answered', violations = [] } = made;
  const intendedAt = ZERO + atMs;
  const sentAt = intendedAt + lateMs;
  const key = { conversation, turn, attempt, lane };
  const sent: Sent = { kind: 'sent', ...key, role, intendedAt, sentAt };
  if (outcome === 'absent') return [sent];
  const isAnswered = outcome === 'answered';
  const { status = isAnswered ? 200 : 0, errorCode = isAnswered ? 0 : 1000 } = made;
  const settledAt = sentAt + connectMs + durationMs;
  const settled: Settled = {
    kind: 'settled',
    ...key,
    settledAt,
    outcome,
    status,
    errorCode,
    ...(made.error === undefined ? {} : { error: made.error }),
    durationMs,
    waitingMs: made.waitingMs ?? durationMs,
    connectMs,
    bytes: 10,
    events: [],
    violations,
  };
  return [sent, settled];
}

/** The whole ledger of one lane: its turns, one a conversation, and every line that belongs around them. */
export function laneLines(turns: readonly MadeTurn[], lane = 0): LedgerLine[] {
  const lines = turns.flatMap((made) => turnLines(made, lane));
  const conversations = new Set(turns.map(({ conversation = 0 }) => conversation));
  const ends = [...conversations].map((conversation): ConversationEnd => {
    const own = turns.filter((made) => (made.conversation ?? 0) === conversation);
    const lastMs = Math.max(...own.map(({ atMs = 2_000, durationMs = 100 }) => atMs + durationMs));
    return {
      kind: 'conversation',
      conversation,
      lane,
      at: ZERO + lastMs,
      template: 'a',
      outcome: 'completed',
      turnsPlanned: own.length,
      turnsSent: own.length,
    };
  });
  return [
    { kind: 'lane-start', lane, at: ZERO - 1_000, startAt: ZERO, runId: PLAN.runId },
    ...lines,
    ...ends,
    {
      kind: 'lane-end',
      lane,
      at: ZERO + 91_000,
      conversations: conversations.size,
      sent: turns.length,
      settled: lines.filter(({ kind }) => kind === 'settled').length,
    },
  ];
}

/** One turn a conversation, evenly over the measured stage. */
export function spread(count: number, each: (index: number) => MadeTurn = () => ({})): MadeTurn[] {
  return Array.from({ length: count }, (_, index) => ({
    conversation: index,
    atMs: 1_000 + (60_000 * index) / count,
    ...each(index),
  }));
}

export type Ledger = readonly (LedgerLine | string)[];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Writes a ledger as k6 does, into a folder that goes with the test file; `gz` compresses it. */
export function writeLedger(lines: Ledger, gz = false): string {
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  const folder = mkdtempSync(join(tmpdir(), 'fini-harness-test-'));
  folders.push(folder);
  const path = join(folder, gz ? 'turns.ndjson.gz' : 'turns.ndjson');
  writeFileSync(path, gz ? gzipSync(text) : text);
  return path;
}

/** Ledgers, one or many, to result and series. */
export function analyseLedgers(
  of: Plan,
  ledgers: readonly Ledger[],
  run?: RunFacts,
): Promise<{ result: Result; series: Series }> {
  const paths = ledgers.map((lines) => writeLedger(lines));
  const analysis: Analysis = { plan: of, ledgers: paths, parquet: `${paths[0]}.parquet` };
  return analyse(run === undefined ? analysis : { ...analysis, run });
}
