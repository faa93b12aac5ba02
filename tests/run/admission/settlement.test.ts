import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dayPath, type Entry } from '../../../scripts/run/admission/day-book.ts';
import { type Reservation, type ReservationRequest, reserve } from '../../../scripts/run/admission/reservation.ts';
import { turnLines } from '../../analysis/made-run.ts';
import { scratch } from '../../cli/scratch.ts';
import { recordedIo } from '../../io.ts';

const TARGET = 'https://api.example';
const DEAD = { pid: 2 ** 22 + 1 };

const turns = (turns: number, users = turns) => ({ turns, users });

function request(over: Partial<ReservationRequest> = {}): ReservationRequest {
  return { baseUrl: TARGET, what: 'a test', most: turns(10), limits: {}, lengthMs: 60_000, ...over };
}

/** An account in a folder of its own. */
function account() {
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

describe('settling', () => {
  it('reads the ledgers where no count is given', async () => {
    const { cwd, reserve, entries } = account();
    const run = await reserve();
    await run.begin(join(cwd, 'run'));
    mkdirSync(join(cwd, 'run'));
    writeFileSync(
      join(cwd, 'run', 'turns.ndjson'),
      turnLines({})
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    );
    await run.settle();
    expect(entries()[0]?.spent).toEqual(turns(1));
  });

  it('counts all where the ledger cannot be trusted', async () => {
    const { reserve, entries } = account();
    const run = await reserve();
    await run.begin();
    await run.settle('all');
    expect(entries()[0]?.spent).toEqual(turns(10));
  });

  it('that fails does not cost the results', async () => {
    const { path, reserve, io } = account();
    const run = await reserve();
    writeFileSync(path, 'damaged');
    await run.settle(turns(1));
    expect(io.said().err).toMatch(/could not be recorded/);
  });
});
