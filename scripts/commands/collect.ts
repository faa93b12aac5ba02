import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HarnessError, usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command } from '../foundation/io.ts';
import { plural } from '../foundation/text/format.ts';
import { readPlan, runFolder, writeJson } from '../ledger/run-folder.ts';
import { separateTexts } from '../ledger/separate-texts.ts';
import { protectPlan } from '../run/plan/protect-plan.ts';
import { awaitRunners } from '../run/runners/await-runners.ts';
import { findLedgers, ledgersOfPlan } from '../run/runners/find-ledgers.ts';
import { mergeLedgers, mergeRunners } from '../run/runners/merge-ledgers.ts';
import { planRecord } from '../secrets/plan-record.ts';
import type { CollectOptions } from './flags/collect-flags.ts';
import { readFacts, reportRun } from './report-run.ts';
import { writableFolder } from './writable-folder.ts';

/** Makes one result of the ledgers that the runners of a plan have left, wherever they ran. */
export const collect: Command<CollectOptions> = async ({ folder, plan: planFile, out, wait, json }, io) => {
  const from = resolve(io.cwd, folder);
  const source = runFolder(from);
  const planPath = planFile === undefined ? source.plan : resolve(io.cwd, planFile);
  if (!statSync(planPath, { throwIfNoEntry: false })?.isFile()) {
    throw usageError(`there is no plan at ${planPath}: use --plan to name the run.json that the runners executed`);
  }
  const plan = await readPlan({ ...runFolder(dirname(planPath)), plan: planPath });
  protectPlan(plan, io);
  if (wait) {
    const ended = await awaitRunners(from, plan, io.signal);
    if (io.signal.aborted) throw new HarnessError(EXIT.interrupted, 'interrupted while waiting for the runners');
    io.err(`${ended} of ${plural(plan.lanes, 'lane')} ended.\n`);
  }
  await mergeRunners(source, io.guard.redact);
  const { ledgers, notes } = await ledgersOfPlan(await findLedgers(from), plan);
  for (const note of notes) io.err(`${note}\n`);
  const target = await writableFolder(resolve(io.cwd, out ?? from));
  if (ledgers.length > 1 || ledgers[0] !== target.ledger) await mergeLedgers(ledgers, target.ledger);
  await separateTexts(target, plan);
  if (!existsSync(target.plan)) await writeJson(target.plan, planRecord(plan, io.guard.redact), io.guard.redact);
  const run = await readFacts(source, io);
  return (await reportRun({ plan, ledgers: [target.ledger], run, folder: target, target, json }, io)).exitCode;
};
