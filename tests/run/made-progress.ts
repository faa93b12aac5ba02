import type { LedgerLine, Sent, Settled } from '../../contracts/generated/ledger.ts';
import type { Plan } from '../../contracts/generated/plan.ts';
import { type Snapshot, tally } from '../../scripts/ledger/snapshot.ts';
import { PLAN } from '../analysis/made-run.ts';

/** When the lane of these ledgers started, in epoch ms. */
export const START = 1_000_000;
const key = (conversation: number, turn = 0) => ({ conversation, turn, attempt: 0, lane: 0 });
export const sent = (conversation: number, over: Partial<Sent> = {}): Sent => ({
  kind: 'sent',
  ...key(conversation),
  role: 'user',
  intendedAt: START,
  sentAt: START + 5,
  ...over,
});
export const settled = (conversation: number, over: Partial<Settled> = {}): Settled => ({
  kind: 'settled',
  ...key(conversation),
  settledAt: START + 500,
  outcome: 'answered',
  status: 200,
  errorCode: 0,
  durationMs: 480,
  waitingMs: 470,
  connectMs: 10,
  bytes: 900,
  events: [],
  violations: [],
  ...over,
});
export const laneStart: LedgerLine = { kind: 'lane-start', lane: 0, at: START - 900, startAt: START, runId: 'r' };
export const violation = (of: 'breaking' | 'additive'): Settled['violations'][number] => ({
  rule: 'a-rule',
  class: of,
  location: '#',
  template: '#',
  expected: {},
  observed: { type: 'null', sample: 'null' },
});

/** What the progress knows at `now`, after these lines. */
export function standAfter(lines: readonly LedgerLine[], now = START + 1_000): Snapshot {
  const { add, snapshot } = tally();
  for (const line of lines) add(line);
  return snapshot(now);
}

/** What the progress reads of a plan: a minute, measured but for its first ten seconds. */
export const plan: Plan = {
  ...PLAN,
  stages: [
    { name: 'warm-up', startMs: 0, endMs: 10_000, from: 2, to: 2, measured: false },
    { name: 'steady', startMs: 10_000, endMs: 60_000, from: 2, to: 2, measured: true },
  ],
  windowMs: 60_000,
  timeoutMs: 60_000,
  turns: 2_400,
  price: { perTurn: 0.01, currency: 'USD' },
};
