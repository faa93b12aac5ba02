import { setTimeout as delay } from 'node:timers/promises';
import { createLogUpdate } from 'log-update';
import type { Plan } from '../../contracts/generated/plan.ts';
import type { Io } from '../foundation/io.ts';
import { forTerminal } from '../foundation/text/terminal.ts';
import { wrapped } from '../foundation/text/wrap.ts';
import { ledgerTail } from '../ledger/ledger-tail.ts';
import { type Snapshot, tally } from '../ledger/snapshot.ts';
import { announceStop } from './announce-stop.ts';
import { renderProgress, renderProgressLine } from './progress-view.ts';

export interface WatchOptions {
  readonly onSnapshot: (snapshot: Snapshot) => void;
  readonly everyMs: number;
  /** Aborted when the run is over; what was written by then is still read. */
  readonly signal: AbortSignal;
}

/** Follows growing ledgers, one a runner, tells how the run stands at intervals, and once more at the end. */
export async function watchLedger(
  paths: string | readonly string[],
  { onSnapshot, everyMs, signal }: WatchOptions,
): Promise<void> {
  const { add, snapshot } = tally();
  const tails = [paths].flat().map((path) => ledgerTail(path, add));
  const read = async (): Promise<void> => {
    for (const tail of tails) await tail.read();
  };
  try {
    while (!signal.aborted) {
      await read();
      onSnapshot(snapshot(Date.now()));
      await delay(everyMs, undefined, { signal }).catch(() => undefined);
    }
    await read();
    onSnapshot(snapshot(Date.now()));
  } finally {
    for (const tail of tails) await tail.close();
  }
}

const REDRAW_MS = 500;
const LINE_MS = 10_000;

/** Live progress until `stop`. */
export interface ProgressDisplay {
  /** Resolves when the last state stands on the screen. */
  readonly stop: () => Promise<void>;
}

export interface ProgressOptions {
  readonly io: Pick<Io, 'err' | 'redraw' | 'env' | 'interactive' | 'signal'>;
  /** Show nothing. */
  readonly quiet: boolean;
}

/**
 * Shows how a run stands while it goes on: one steady display on a terminal, elsewhere a line every 10 s. That it was asked
 * to stop is told in any case.
 */
export function showProgress(
  ledgers: string | readonly string[],
  plan: Plan,
  { io, quiet }: ProgressOptions,
): ProgressDisplay {
  const over = new AbortController();
  const display = quiet ? undefined : io.interactive ? redrawn(io, plan) : lines(io, plan);
  const forget = announceStop({ signal: io.signal, err: display?.note ?? io.err });
  const watch =
    display === undefined
      ? Promise.resolve()
      : watchLedger(ledgers, { ...display, signal: over.signal }).finally(display.done);
  // A display that fails must not end a run that costs money; `stop` tells.
  watch.catch(() => undefined);
  return {
    stop: async () => {
      forget();
      over.abort();
      await watch;
    },
  };
}

interface Display extends Pick<WatchOptions, 'onSnapshot' | 'everyMs'> {
  /** Says something that stays. */
  readonly note: (text: string) => void;
  readonly done: () => void;
}

function redrawn(io: Pick<Io, 'err' | 'redraw' | 'env'>, plan: Plan): Display {
  const stream = Object.assign(Object.create(process.stderr) as NodeJS.WriteStream, { write: io.redraw });
  const update = createLogUpdate(stream);
  const color = io.env.NO_COLOR === undefined || io.env.NO_COLOR === '';
  return {
    everyMs: REDRAW_MS,
    onSnapshot: (snapshot) => update(wrapped(forTerminal(renderProgress(plan, snapshot, color)), stream.columns || 80)),
    note: (text) => {
      update.clear();
      io.err(text);
    },
    done: () => update.done(),
  };
}

function lines(io: Pick<Io, 'err'>, plan: Plan): Display {
  return {
    everyMs: LINE_MS,
    onSnapshot: (snapshot) => io.err(`${renderProgressLine(plan, snapshot)}\n`),
    note: io.err,
    done: () => undefined,
  };
}
