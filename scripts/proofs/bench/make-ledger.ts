import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { LedgerLine } from '../../../contracts/generated/ledger.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { random } from '../../../contracts/random.ts';
import { normalDraw } from '../../foundation/statistics/normal-draw.ts';

const LANES = 40;
const TURNS_A_CONVERSATION = 4;
const THINK_MS = 5_000;
const START_AT = 1_750_000_000_000;
const FLUSH_AT = 1 << 20;

/** A plan whose ledger `makeLedger` writes: an hour of Poisson arrivals at the rate that gives so many turns. */
export function makePlan(turns: number): Plan {
  const conversations = Math.ceil(turns / TURNS_A_CONVERSATION);
  const windowMs = 3_600_000;
  const rate = conversations / (windowMs / 1000);
  return {
    version: 1,
    runId: `made-${turns}`,
    scenario: 'load',
    createdAt: new Date(START_AT).toISOString(),
    harness: '0.1.0',
    target: { baseUrl: 'http://127.0.0.1:1', botId: 'bot', embedded: true },
    seed: 1,
    model: 'poisson',
    stages: [
      { name: 'warm-up', startMs: 0, endMs: windowMs / 20, from: rate, to: rate, measured: false },
      { name: 'steady', startMs: windowMs / 20, endMs: windowMs, from: rate, to: rate, measured: true },
    ],
    windowMs,
    drainMs: 60_000,
    timeoutMs: 60_000,
    leadMs: 1_000,
    lanes: LANES,
    inFlightPerLane: 100,
    conversations,
    turns,
    schedule: [],
    continuation: { strategy: 'discover' },
    breaker: { rateLimited: 10, failing: 20, unreachable: 5 },
    thinkTime: { law: 'constant', meanMs: THINK_MS, cv: 0 },
    gates: [
      { metric: 'latency.p95', op: '<', limit: 15_000 },
      { metric: 'latency.p99', op: '<', limit: 30_000 },
      { metric: 'errors.share', op: '<=', limit: 0.01 },
      { metric: 'violations.count', op: '==', limit: 0 },
      { metric: 'late.share', op: '<=', limit: 0.005 },
    ],
    workload: {
      source: 'made',
      sha256: '',
      conversations: [{ id: 'made', turns: [{ content: 'Where is my order?' }] }],
    },
    config: {},
  };
}

/** Lines to one file, a megabyte at a time. */
function writerTo(path: string): { put: (line: LedgerLine) => Promise<void>; end: () => Promise<void> } {
  const file = createWriteStream(path);
  let buffer = '';
  return {
    put: async (line) => {
      buffer += `${JSON.stringify(line)}\n`;
      if (buffer.length < FLUSH_AT) return;
      const isRoom = file.write(buffer);
      buffer = '';
      if (!isRoom) await once(file, 'drain');
    },
    end: async () => {
      file.end(buffer);
      await once(file, 'finish');
    },
  };
}

/**
 * Writes ledgers as a real run does, one a runner, of so many turns or a few more: log-normal latencies, some errors,
 * timeouts and violations.
 */
export async function makeLedger(plan: Plan, paths: readonly string[]): Promise<void> {
  const writers = paths.map(writerTo);
  const runnerOf = (lane: number): number => lane % paths.length;
  const put = async (line: LedgerLine & { readonly lane: number }): Promise<void> =>
    writers[runnerOf(line.lane)]?.put(line);
  const counts = Array.from({ length: plan.lanes }, () => ({ conversations: 0, sent: 0, settled: 0 }));
  for (let lane = 0; lane < plan.lanes; lane++) {
    const runner = plan.runners === undefined ? {} : { runner: runnerOf(lane) + 1 };
    await put({
      kind: 'lane-start',
      lane,
      at: START_AT - plan.leadMs,
      startAt: START_AT,
      runId: plan.runId,
      ...runner,
    });
  }
  const conversations = plan.conversations ?? 0;
  const draw = random(plan.seed);
  let startMs = 0;
  for (let conversation = 0; conversation < conversations; conversation++) {
    startMs += (-Math.log(1 - draw()) * plan.windowMs) / conversations;
    const lane = conversation % plan.lanes;
    for (const line of converse(conversation, lane, START_AT + Math.min(startMs, plan.windowMs - 1), draw))
      await put(line);
    const count = counts[lane];
    if (count === undefined) continue;
    count.conversations += 1;
    count.sent += TURNS_A_CONVERSATION;
    count.settled += TURNS_A_CONVERSATION;
  }
  for (const [lane, count] of counts.entries()) {
    await put({ kind: 'lane-end', lane, at: START_AT + plan.windowMs + plan.drainMs, ...count });
  }
  for (const { end } of writers) await end();
}

function* converse(
  conversation: number,
  lane: number,
  startAt: number,
  draw: () => number,
): Generator<LedgerLine & { readonly lane: number }> {
  let intendedAt = startAt;
  for (let turn = 0; turn < TURNS_A_CONVERSATION; turn++) {
    const sentAt = Math.floor(intendedAt + draw());
    const durationMs = logNormal(draw, 2_500, 0.6);
    const settledAt = Math.ceil(sentAt + durationMs);
    const key = { conversation, turn, attempt: 0, lane };
    const isOk = draw() > 0.002;
    yield { kind: 'sent', ...key, intendedAt, role: 'user', sentAt };
    yield {
      kind: 'settled',
      ...key,
      settledAt,
      outcome: 'answered',
      status: isOk ? 200 : 500,
      errorCode: isOk ? 0 : 1500,
      durationMs,
      waitingMs: durationMs - 0.2,
      connectMs: turn === 0 ? 0.8 : 0,
      bytes: 1_100,
      events: isOk
        ? [
            { id: uuid(draw), role: 'user', createdAt: sentAt, chars: 60 },
            { id: uuid(draw), role: 'finibot', createdAt: settledAt, chars: 420 },
          ]
        : [],
      violations: draw() < 0.0005 ? [VIOLATION] : [],
    };
    intendedAt = settledAt + THINK_MS;
  }
  yield {
    kind: 'conversation',
    conversation,
    lane,
    at: intendedAt - THINK_MS,
    template: 'made',
    outcome: 'completed',
    turnsPlanned: TURNS_A_CONVERSATION,
    turnsSent: TURNS_A_CONVERSATION,
  };
}

const VIOLATION = {
  rule: 'response-property-type-changed',
  class: 'breaking' as const,
  location: '#/responses/200/body/1/createdAt',
  template: '#/responses/200/body/*/createdAt',
  expected: { type: 'integer' },
  observed: { type: 'string', sample: '2025-06-15T12:00:00Z' },
};

/** Box-Muller. */
function logNormal(draw: () => number, mean: number, cv: number): number {
  const variance = Math.log(1 + cv * cv);
  const normal = normalDraw(draw);
  return mean * Math.exp(Math.sqrt(variance) * normal - variance / 2);
}

function uuid(draw: () => number): string {
  const hex = (digits: number): string =>
    Math.floor(draw() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(6)}${hex(6)}`;
}
