import { readFileSync, writeFileSync } from 'node:fs';
import { dayPath, type Entry } from '../../../scripts/run/admission/day-book.ts';
import { type Reservation, type ReservationRequest, reserve } from '../../../scripts/run/admission/reservation.ts';
import { scratch } from '../../cli/scratch.ts';
import { recordedIo } from '../../io.ts';

export const TARGET = 'https://api.example';
export const DEAD = { pid: 2 ** 22 + 1 };

export const turns = (turns: number, users = turns) => ({ turns, users });

export function request(over: Partial<ReservationRequest> = {}): ReservationRequest {
  return { baseUrl: TARGET, what: 'a test', most: turns(10), limits: {}, lengthMs: 60_000, ...over };
}

/** An account in a folder of its own. */
export function account() {
  const cwd = scratch();
  const io = recordedIo({ cwd });
  const path = dayPath(cwd, Date.now());
  const entries = (): Entry[] => (JSON.parse(readFileSync(path, 'utf8')) as { entries: Entry[] }).entries;
  return {
    cwd,
    io,
    path,
    entries,
    reserve: (over: Partial<ReservationRequest> = {}): Promise<Reservation> => reserve(request(over), io),
    /** As if the processes of all reservations had been killed. */
    kill: () =>
      writeFileSync(
        path,
        JSON.stringify({ version: 1, entries: entries().map((it) => ({ ...it, owner: { ...it.owner, ...DEAD } })) }),
      ),
  };
}
