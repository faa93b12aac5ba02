import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Plan } from '../../contracts/generated/plan.ts';
import type { Result } from '../../contracts/generated/result.ts';
import { analyse } from '../analysis/analyse.ts';
import type { RunFacts } from '../analysis/metrics/run-facts.ts';
import { readAudit } from '../audit/read-audit.ts';
import type { Io } from '../foundation/io.ts';
import type { RunFolder } from '../ledger/run-folder.ts';
import { renderText } from '../report/text.ts';
import { withAudit } from '../report/with-audit.ts';
import { writeReports } from '../report/write-reports.ts';
import { protectPlan } from '../run/plan/protect-plan.ts';

/** A run of which the ledgers are there. */
export interface StoredLedgers {
  readonly plan: Plan;
  readonly ledgers: readonly string[];
  readonly run: RunFacts;
  /** Where its audit is, if there was one. */
  readonly folder: RunFolder;
  /** Where the reports go. */
  readonly target: RunFolder;
  readonly json: boolean;
}

/** Ledgers to result and reports. */
export async function reportRun({ plan, ledgers, run, folder, target, json }: StoredLedgers, io: Io): Promise<Result> {
  const analysis = await analyse({ plan, ledgers, parquet: target.parquet, run });
  protectPlan(plan, io);
  io.guard.watch(target.path);
  const model = withAudit({ ...analysis, plan }, readAudit(folder, plan.runId));
  const { html } = await writeReports(target.path, model, io.guard.redact);
  if (json) io.json(model.result);
  (json ? io.err : io.out)(renderText(model, { reportPath: html }));
  return model.result;
}

/** A run that was killed left none. */
export async function readFacts(folder: RunFolder, io: Io): Promise<RunFacts> {
  if (!existsSync(folder.facts)) return {};
  try {
    return JSON.parse(await readFile(folder.facts, 'utf8')) as RunFacts;
  } catch (error) {
    io.err(`${folder.facts} is damaged and was ignored: ${(error as Error).message}\n`);
    return {};
  }
}
