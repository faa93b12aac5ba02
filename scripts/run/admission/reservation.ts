import { randomUUID } from 'node:crypto';
import type { Io } from '../../foundation/io.ts';
import { livenessOf, thisProcess } from '../../foundation/owner.ts';
import { isLoopback } from '../config/base-url.ts';
import type { TurnCount } from '../plan/turn-budget.ts';
import { changeDay, dayPath, type Entry } from './day-book.ts';
import { assertWithinDay, type DayLimits, isLimited, spendingOf } from './day-limits.ts';
import { sentTurns } from './sent-turns.ts';

export interface ReservationRequest {
  readonly baseUrl: string;
  /** For people: the command. */
  readonly what: string;
  /** The most that it can send; undefined where only time bounds it. */
  readonly most: TurnCount | undefined;
  readonly limits: DayLimits;
  /** The longest that it can take. */
  readonly lengthMs: number;
}

/** What a run may spend today. Until it is settled all of it counts as spent. */
export interface Reservation {
  /**
   * From here on turns may be sent. With the folder of the ledgers, what a run that dies has spent is read there; without
   * one it has spent all it could.
   */
  readonly begin: (folder?: string) => Promise<void>;
  /** Gives back what was not spent: everything where it never began; without a count, what the ledgers do not show. */
  readonly settle: (spent?: TurnCount | 'all') => Promise<void>;
}

const NOTHING: TurnCount = { turns: 0, users: 0 };

const UNBOOKED: Reservation = { begin: () => Promise.resolve(), settle: () => Promise.resolve() };

/**
 * Reserves the most that a run can spend, in the account of this working folder and day. What goes to this machine is
 * booked only where a limit a day is set.
 * @throws HarnessError (7) where a limit a day could be exceeded, also by runs that are under way
 */
export async function reserve(request: ReservationRequest, io: Pick<Io, 'cwd' | 'err'>): Promise<Reservation> {
  const { baseUrl, what, most, limits, lengthMs } = request;
  if (isLoopback(baseUrl) && !isLimited(limits)) return UNBOOKED;
  const at = Date.now();
  const path = dayPath(io.cwd, at);
  const target = new URL(baseUrl).origin;
  const { price } = limits;
  const entry: Entry = {
    id: randomUUID(),
    at,
    target,
    what,
    owner: await thisProcess(),
    until: at + lengthMs,
    most: most ?? null,
    ...(price === undefined ? {} : { price: { perTurn: price.perTurn, currency: price.currency ?? 'USD' } }),
  };
  await changeDay(path, what, async ({ entries }) => {
    for (const other of entries) await settleDead(other);
    assertWithinDay(limits, spendingOf(entries, target, limits), most, path);
    entries.push(entry);
  });
  return reservation(path, entry, io);
}

function reservation(path: string, { id, what }: Entry, io: Pick<Io, 'err'>): Reservation {
  const change = (edit: (entry: Entry) => Promise<void> | void): Promise<void> =>
    changeDay(path, what, async ({ entries }) => {
      const entry = entries.find((it) => it.id === id);
      if (entry !== undefined) await edit(entry);
    });
  return {
    begin: (folder) =>
      change(async (entry) => {
        entry.begun = true;
        if (folder !== undefined) entry.ledgers = { folder, before: (await sentTurns(folder)) ?? NOTHING };
      }),
    settle: async (spent) => {
      try {
        await change(async (entry) => {
          const found = spent === 'all' ? entry.most : (spent ?? (await spentOf(entry)) ?? entry.most);
          if (found !== null) entry.spent = found;
        });
      } catch (error) {
        // The run has ended, and its results matter more; the reservation stands, and the next run settles it.
        io.err(`The spending of this run could not be recorded: ${(error as Error).message}\n`);
      }
    },
  };
}

/** A run whose process is gone has spent what its ledgers show. */
async function settleDead(entry: Entry): Promise<void> {
  if (entry.spent !== undefined) return;
  const liveness = await livenessOf(entry.owner);
  if (liveness === 'alive' || (liveness === 'unknown' && Date.now() < entry.until)) return;
  const found = (await spentOf(entry)) ?? entry.most;
  if (found !== null) entry.spent = found;
}

/** Undefined where nothing tells. */
async function spentOf({ begun, ledgers }: Entry): Promise<TurnCount | undefined> {
  if (begun !== true) return NOTHING;
  const sent = ledgers === undefined ? undefined : await sentTurns(ledgers.folder);
  if (ledgers === undefined || sent === undefined) return undefined;
  return { turns: sent.turns - ledgers.before.turns, users: sent.users - ledgers.before.users };
}
