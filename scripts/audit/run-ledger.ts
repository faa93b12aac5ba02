import type { LedgerEvent, LedgerLine, Pooled, Role, Sent, Settled } from '../../contracts/generated/ledger.ts';
import { usageError } from '../foundation/errors.ts';
import { ledgerLines, storedLedger } from '../ledger/ledger-lines.ts';
import { turnKey } from '../ledger/ledger-turn.ts';
import type { RunFolder } from '../ledger/run-folder.ts';

/** One try of a turn as the ledger tells it; a turn that never settled is cut. */
export interface LedgerTurn {
  readonly conversation: number;
  readonly turn: number;
  readonly attempt: number;
  readonly role: Role;
  /** Epoch ms. */
  readonly sentAt: number;
  /** When it settled; of a cut turn, the last sign of life of the run. */
  readonly settledAt: number;
  readonly outcome: Settled['outcome'];
  readonly status: number;
  /** Events that its answer named. */
  readonly events: readonly LedgerEvent[];
  readonly violations: Settled['violations'];
}

/** A conversation that the run began, with its tries in the order of sending. */
export interface LedgerConversation {
  readonly conversation: number;
  /** Undefined where the run never learnt it. */
  readonly interactionId: string | undefined;
  readonly turns: readonly LedgerTurn[];
}

/** What a run's ledger tells of its conversations. */
export interface RunLedger {
  /** By number; those without a turn are left out. */
  readonly conversations: ReadonlyMap<number, LedgerConversation>;
  /** Prepared conversations by their first event, with the time they were made; the id is undefined where it was not found. */
  readonly pooled: ReadonlyMap<string, Pooled>;
}

/** Reads a run's ledger, packed or not. Lines that are torn or no ledger lines are left out. */
export async function readRunLedger(folder: RunFolder): Promise<RunLedger> {
  const ledger = storedLedger(folder);
  if (ledger === undefined) throw usageError(`there is no ledger in ${folder.path}: give the results folder of a run`);
  const sent = new Map<string, Sent>();
  const settled = new Map<string, Settled>();
  const ids = new Map<number, string>();
  const pooled = new Map<string, Pooled>();
  let lastAt = 0;
  for await (const line of ledgerLines(ledger)) {
    lastAt = Math.max(lastAt, instantOf(line));
    if (line.kind === 'sent') sent.set(turnKey(line), line);
    else if (line.kind === 'settled') settled.set(turnKey(line), line);
    else if (line.kind === 'pooled') {
      pooled.set(line.eventId, { ...line, at: pooled.get(line.eventId)?.at ?? line.at });
    }
    if ((line.kind === 'sent' || line.kind === 'conversation') && line.interactionId !== undefined) {
      ids.set(line.conversation, line.interactionId);
    }
  }
  return { conversations: gather(sent, settled, ids, lastAt), pooled };
}

function gather(
  sent: ReadonlyMap<string, Sent>,
  settled: ReadonlyMap<string, Settled>,
  ids: ReadonlyMap<number, string>,
  lastAt: number,
): Map<number, LedgerConversation> {
  const turns = new Map<number, LedgerTurn[]>();
  for (const [key, line] of sent) {
    const { conversation, turn, attempt, role, sentAt } = line;
    const end = settled.get(key);
    const { outcome = 'cut', status = 0, events = [], violations = [], settledAt = lastAt } = end ?? {};
    const list = turns.get(conversation) ?? [];
    list.push({ conversation, turn, attempt, role, sentAt, settledAt, outcome, status, events, violations });
    turns.set(conversation, list);
  }
  return new Map(
    [...turns].map(([conversation, list]) => {
      list.sort((a, b) => a.turn - b.turn || a.attempt - b.attempt);
      return [conversation, { conversation, interactionId: ids.get(conversation), turns: list }];
    }),
  );
}

function instantOf(line: LedgerLine): number {
  if (line.kind === 'sent') return line.sentAt;
  return line.kind === 'settled' ? line.settledAt : line.at;
}
