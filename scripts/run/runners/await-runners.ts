import { setTimeout as delay } from 'node:timers/promises';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { type LedgerTail, ledgerTail } from '../../ledger/ledger-tail.ts';
import { findLedgers } from './find-ledgers.ts';

const LOOK_MS = 2_000;
/** For what k6 and the cluster need to begin and to end. */
const SLACK_MS = 60_000;

/** When no runner of a plan can still be sending, epoch ms. */
export const lastSettlementAt = ({ startAt, createdAt, leadMs, windowMs, drainMs, timeoutMs }: Plan): number =>
  (startAt ?? Date.parse(createdAt) + leadMs) + windowMs + drainMs + timeoutMs + SLACK_MS;

/**
 * Waits until every lane of a plan has ended, by the ledgers in a folder, or until none can still be sending.
 * @returns lanes that have ended
 */
export async function awaitRunners(folder: string, plan: Plan, signal: AbortSignal): Promise<number> {
  const ended = new Set<number>();
  const tails = new Map<string, LedgerTail>();
  try {
    for (;;) {
      for (const path of await plainLedgers(folder)) {
        const tail = tails.get(path) ?? ledgerTail(path, (line) => line.kind === 'lane-end' && ended.add(line.lane));
        tails.set(path, tail);
        await tail.read();
      }
      if (ended.size >= plan.lanes || Date.now() >= lastSettlementAt(plan) || signal.aborted) return ended.size;
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    for (const tail of tails.values()) await tail.close();
  }
}

/** There may be none yet. One that is packed is over. */
async function plainLedgers(folder: string): Promise<string[]> {
  const found = await findLedgers(folder).catch(() => []);
  return found.filter((path) => path.endsWith('.ndjson'));
}
