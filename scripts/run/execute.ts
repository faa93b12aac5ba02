import type { Plan } from '../../contracts/generated/plan.ts';
import { analyse } from '../analysis/analyse.ts';
import type { RunFacts } from '../analysis/metrics/run-facts.ts';
import type { Io } from '../foundation/io.ts';
import { plural } from '../foundation/text/format.ts';
import { outputFiles } from '../k6/output-files.ts';
import type { RunFolder } from '../ledger/run-folder.ts';
import { type SeparatedTexts, separateTexts } from '../ledger/separate-texts.ts';
import type { ReportModel } from '../report/model.ts';
import type { Execution } from './execution.ts';
import type { TurnCount } from './plan/turn-budget.ts';
import { showProgress } from './progress.ts';
import { runInK6 } from './run-in-k6.ts';
import { runRunners } from './run-runners.ts';

/** Runs k6 on the plan, with progress, and analyses what it left. */
export async function execute(execution: Execution, io: Io): Promise<ReportModel> {
  const { plan, folder, k6, service, k6Args, quiet } = execution;
  for (const file of outputFiles(k6Args, io.cwd, io.env)) io.guard.watch(file);
  if (plan.runners !== undefined) {
    const { facts, plan: started } = await runRunners({ ...execution, runners: plan.runners }, io);
    return analysed(started, folder, facts, io);
  }
  const progress = showProgress(folder.ledger, plan, { io, quiet });
  const { facts } = await runInK6(
    {
      plan,
      lanes: plan.lanes,
      folder,
      k6,
      apiKey: service.apiKey,
      bundle: plan.scenario,
      env: io.env,
      args: k6Args,
      signal: io.signal,
    },
    io,
  ).finally(() => progress.stop());
  return analysed(plan, folder, facts, io);
}

async function analysed(plan: Plan, folder: RunFolder, run: RunFacts, io: Io): Promise<ReportModel> {
  sayKept(await separateTexts(folder, plan), folder, io);
  const { result, series } = await analyse({ plan, ledgers: [folder.ledger], parquet: folder.parquet, run });
  return { result, series, plan };
}

function sayKept({ kept, unkept }: SeparatedTexts, { texts }: RunFolder, io: Io): void {
  if (kept > 0)
    io.err(`The texts of ${plural(kept, 'turn')} are in ${texts}: view shows them, cleanup removes them.\n`);
  if (unkept > 0)
    io.err(`The texts of ${plural(unkept, 'more turn')} were not stored: the limit of 50 MB was reached.\n`);
}

/** Problems after which the ledger may show less than was sent. */
const UNTOLD = ['ledger-unwritable', 'ledger-damaged'];

/** What the ledger shows as spent; all that was reserved where it cannot be trusted. */
export function spentBy({ counts, problems }: ReportModel['result']): TurnCount | 'all' {
  if (problems.some(({ code }) => UNTOLD.includes(code))) return 'all';
  return { turns: counts.sent - counts.unsent, users: counts.userTurns };
}
