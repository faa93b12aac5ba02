import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { LedgerLine } from '../../../contracts/generated/ledger.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import type { RunFacts } from '../../analysis/metrics/run-facts.ts';
import { HarnessError } from '../../foundation/errors.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import type { Io } from '../../foundation/io.ts';
import type { K6 } from '../../k6/provision.ts';
import { ledgerTail } from '../../ledger/ledger-tail.ts';
import { createRunFolder, type RunFolder, runFolder } from '../../ledger/run-folder.ts';
import { assertResources } from '../../run/assert-resources.ts';
import { runInK6 } from '../../run/run-in-k6.ts';
import type { Service } from '../../run/service.ts';
import type { RungEnd } from './rung-record.ts';

const WATCH_MS = 200;
const SCENARIO = 'load';

/** What all rungs of a search share. */
export interface Runner {
  readonly k6: K6;
  readonly service: Service;
}

/** What a folder of a search holds of the run of a plan. */
export interface Attempt extends RungEnd {
  /** Whether it was run now, not in an earlier process. */
  readonly isNew: boolean;
  /** Whether the search was interrupted before or while it ran. */
  readonly isInterrupted: boolean;
}

/** When a run is over before k6 ends it. */
export interface Early {
  /** Whether a line of the ledger is enough. */
  readonly isEnough?: ((line: LedgerLine) => boolean) | undefined;
  /** Whether what there is then is a whole answer. */
  readonly isWhole?: (end: RungEnd) => boolean;
}

/** The run that the folder already holds, or a new one: a replay of a search reads what it has paid for. */
export async function runOrReplay(
  path: string,
  plan: Plan,
  runner: Runner | undefined,
  io: Io,
  { isEnough, isWhole = ({ ended }) => ended }: Early = {},
): Promise<Attempt> {
  if (existsSync(path)) return { ...(await readRun(runFolder(path))), isNew: false, isInterrupted: false };
  if (runner === undefined || io.signal.aborted) return { ...NOTHING, isNew: true, isInterrupted: true };
  const end = await runPlan(path, plan, runner, io, isEnough);
  if (!isWhole(end) && !io.signal.aborted) {
    throw new HarnessError(EXIT.harnessFault, `k6 did not finish the run in ${path}: see its k6.json for the reason`);
  }
  return { ...end, isNew: true, isInterrupted: !isWhole(end) };
}

const NOTHING: RungEnd = { lines: [], ended: false };

/** Runs a plan with k6 in a folder of its own, until a line of its ledger is enough. */
async function runPlan(
  folderPath: string,
  plan: Plan,
  { k6, service }: Runner,
  io: Io,
  isEnough?: (line: LedgerLine) => boolean,
): Promise<RungEnd> {
  await assertResources(plan, folderPath, io);
  const folder = await createRunFolder({ out: folderPath, scenario: plan.scenario }, io.cwd);
  const abort = new AbortController();
  const over = new AbortController();
  const watching = isEnough === undefined ? undefined : watch(folder.ledger, isEnough, abort, over.signal);
  try {
    await runInK6(
      {
        plan,
        lanes: plan.lanes,
        folder,
        k6,
        apiKey: service.apiKey,
        bundle: SCENARIO,
        env: io.env,
        args: [],
        signal: AbortSignal.any([io.signal, abort.signal]),
      },
      io,
    );
  } finally {
    over.abort();
    await watching;
  }
  return readRun(folder);
}

async function watch(
  ledger: string,
  isEnough: (line: LedgerLine) => boolean,
  abort: AbortController,
  over: AbortSignal,
): Promise<void> {
  const tail = ledgerTail(ledger, (line) => {
    if (isEnough(line)) abort.abort();
  });
  try {
    while (!over.aborted && !abort.signal.aborted) {
      await tail.read();
      await delay(WATCH_MS, undefined, { signal: over }).catch(() => undefined);
    }
  } finally {
    await tail.close();
  }
}

/** The lines that a run left, also after a crash, and whether k6 ended it by itself. */
async function readRun(folder: RunFolder): Promise<RungEnd> {
  if (!existsSync(folder.plan)) return NOTHING;
  const lines: LedgerLine[] = [];
  const tail = ledgerTail(folder.ledger, (line) => lines.push(line));
  await tail.read();
  await tail.close();
  const facts = await readFile(folder.facts, 'utf8').then(
    (text) => JSON.parse(text) as RunFacts,
    () => undefined,
  );
  return { lines, ended: facts !== undefined && facts.interrupted !== true && facts.problems === undefined };
}
