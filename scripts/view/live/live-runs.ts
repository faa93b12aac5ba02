import { readFile, stat } from 'node:fs/promises';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { type LedgerTail, ledgerTail } from '../../ledger/ledger-tail.ts';
import { runFolder } from '../../ledger/run-folder.ts';
import { type Tally, tally } from '../../ledger/snapshot.ts';
import type { Live } from '../answers.ts';
import { runLedgers } from '../runs/run-ledgers.ts';
import { partState } from '../runs/run-state.ts';
import { type LiveSeconds, liveSeconds } from './live-seconds.ts';

interface Followed {
  readonly counts: Tally;
  readonly seconds: LiveSeconds;
  readonly ledgers: readonly string[];
  readonly tail: LedgerTail;
  /** Once it is there: a plan can be long, and stays as it is. */
  plan: Partial<Plan> | undefined;
  /** One read at a time: two would take the same bytes twice. */
  reading: Promise<void>;
}

export interface LiveRuns {
  readonly read: (folder: string) => Promise<Live>;
  readonly close: () => Promise<void>;
}

/** So many runs are followed at once; the one that was asked for longest ago is let go. */
const MOST_FOLLOWED = 4;

/** Follows the ledgers that somebody looks at. */
export function liveRuns(): LiveRuns {
  const followed = new Map<string, Followed>();
  const follow = async (folder: string): Promise<Followed> => {
    const ledgers = await runLedgers(folder);
    const known = followed.get(folder);
    // Runners come, and are merged at the end: what they have written is then in one ledger.
    const isSame = known?.ledgers.join('\n') === ledgers.join('\n');
    const run = known !== undefined && isSame ? known : begin(ledgers);
    followed.delete(folder);
    followed.set(folder, run);
    if (known !== undefined && !isSame) await endOf(known);
    for (const [other, oldest] of followed) {
      if (followed.size <= MOST_FOLLOWED) break;
      followed.delete(other);
      await endOf(oldest);
    }
    return run;
  };
  return {
    read: async (folder) => {
      // Before the ledger: a run that has ended since has all its lines in it.
      const state = await partState(folder);
      const run = await follow(folder);
      run.reading = run.reading.then(run.tail.read, run.tail.read);
      await run.reading;
      const now = state === 'running' ? Date.now() : await lastWrite(run.ledgers);
      run.plan ??= await planOf(folder);
      return liveOf({ state, run, now, plan: run.plan ?? {} });
    },
    close: async () => {
      await Promise.all([...followed.values()].map(endOf));
      followed.clear();
    },
  };
}

const endOf = ({ tail, reading }: Followed): Promise<void> => reading.then(tail.close, tail.close);

function begin(ledgers: readonly string[]): Followed {
  const [counts, seconds] = [tally(), liveSeconds()];
  const tails = ledgers.map((ledger) =>
    ledgerTail(ledger, (line) => {
      counts.add(line);
      seconds.add(line);
    }),
  );
  const each = async (act: (tail: LedgerTail) => Promise<void>): Promise<void> => {
    for (const tail of tails) await act(tail);
  };
  const tail = { read: () => each(({ read }) => read()), close: () => each(({ close }) => close()) };
  return { counts, seconds, ledgers, tail, plan: undefined, reading: Promise.resolve() };
}

async function lastWrite(ledgers: readonly string[]): Promise<number> {
  const times = await Promise.all(ledgers.map((path) => stat(path).catch(() => undefined)));
  const known = times.flatMap((found) => found?.mtimeMs ?? []);
  return known.length === 0 ? Date.now() : Math.max(...known);
}

async function planOf(folder: string): Promise<Partial<Plan> | undefined> {
  try {
    return JSON.parse(await readFile(runFolder(folder).plan, 'utf8')) as Partial<Plan>;
  } catch {
    return undefined;
  }
}

interface Moment {
  readonly state: Live['state'];
  readonly run: Followed;
  readonly now: number;
  readonly plan: Partial<Plan>;
}

function liveOf({ state, run: { counts, seconds }, now, plan }: Moment): Live {
  const { startAt, errors, breakers, recent, oldestMs, ...rest } = counts.snapshot(now);
  const { windowMs = null, drainMs = null, turns = null, price } = plan;
  const known = (ms: number | undefined): number | null => (ms !== undefined && Number.isFinite(ms) ? ms : null);
  return {
    state,
    elapsedMs: startAt === undefined || now < startAt ? null : now - startAt,
    windowMs,
    drainMs,
    planned: turns,
    price: price === undefined ? null : { perTurn: price.perTurn, currency: price.currency },
    sent: rest.sent,
    settled: rest.settled,
    inFlight: rest.inFlight,
    oldestMs: known(oldestMs),
    conversations: rest.conversations,
    spent: rest.spent,
    violations: rest.violations,
    faults: rest.faults,
    errors: [...errors].sort(([, a], [, b]) => b - a),
    breakers: [...breakers],
    recent: { ...recent, p50: known(recent.p50), p95: known(recent.p95) },
    seconds: seconds.until(now),
  };
}
