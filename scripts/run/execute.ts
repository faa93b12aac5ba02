import { join } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import type { Io } from '../io.ts';
import { planEnvironment } from '../k6/plan-environment.ts';
import type { K6 } from '../k6/provision.ts';
import { runK6 } from '../k6/run-k6.ts';
import { analyse } from '../metrics/analyse.ts';
import { SCENARIO_OUT } from '../package-root.ts';
import type { ReportModel } from '../report/model.ts';
import { type RunFolder, writeJson } from '../run-folder.ts';
import { factsOf } from './facts.ts';
import { showProgress } from './progress.ts';
import type { Service } from './service.ts';

/** One run of k6: the plan stands in the folder, its target is the service's. */
export interface Execution {
  readonly plan: Plan;
  readonly folder: RunFolder;
  readonly k6: K6;
  readonly service: Service;
  /** What stands after `--`, for k6. */
  readonly k6Args: readonly string[];
  /** No live progress. */
  readonly quiet: boolean;
}

/** Runs k6 on the plan, with progress, and analyses what it left. */
export async function execute(execution: Execution, io: Io): Promise<ReportModel> {
  const { plan, folder, k6, service, k6Args, quiet } = execution;
  const progress = showProgress(folder.ledger, plan, { io, quiet });
  const exit = await runK6({
    k6: k6.path,
    bundle: join(SCENARIO_OUT, `${plan.scenario}.js`),
    cwd: io.cwd,
    ledger: folder.ledger,
    env: { ...io.env, ...planEnvironment(plan, { path: folder.plan, apiKey: service.apiKey }, io.env) },
    args: k6Args,
    signal: io.signal,
  }).finally(() => progress.stop());
  const facts = factsOf(k6, exit);
  await writeJson(folder.facts, facts);
  const { result, series } = await analyse({ plan, ledgers: [folder.ledger], parquet: folder.parquet, run: facts });
  return { result, series, plan };
}
