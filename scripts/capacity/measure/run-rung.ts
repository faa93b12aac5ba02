import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { LedgerLine } from '../../../contracts/generated/ledger.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import type { RunFacts } from '../../analysis/metrics/run-facts.ts';
import type { Io } from '../../foundation/io.ts';
import type { K6 } from '../../k6/provision.ts';
import { ledgerTail } from '../../ledger/ledger-tail.ts';
import { createRunFolder, type RunFolder } from '../../ledger/run-folder.ts';
import { assertResources } from '../../run/assert-resources.ts';
import { runInK6 } from '../../run/run-in-k6.ts';
import type { Service } from '../../run/service.ts';
import { isLevel, type Rung } from './rung.ts';
import { abortWatch, type RungEnd, recordOf } from './rung-record.ts';

const WATCH_MS = 200;
const SCENARIO = 'load';

/** What all rungs of a search share. */
export interface Runner {
  readonly k6: K6;
  readonly service: Service;
  readonly limitMs: number;
}

/** Runs one rung with k6 in a folder of its own, and ends it early where the rules say so. */
export async function runRung(folderPath: string, plan: Plan, rung: Rung, runner: Runner, io: Io) {
  const isEnough = isLevel(rung) ? abortWatch(rung.skip, runner.limitMs) : undefined;
  return recordOf(rung, await runPlan(folderPath, plan, runner, io, isEnough), runner.limitMs);
}

/** Runs a plan with k6 in a folder of its own, until a line of its ledger is enough. */
export async function runPlan(
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
  return readRung(folder);
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

/** The lines that a rung left, also after a crash, and whether k6 ended it by itself. */
export async function readRung(folder: RunFolder): Promise<RungEnd> {
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
