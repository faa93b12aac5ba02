import type { Plan } from '../../contracts/generated/plan.ts';
import type { RunFacts } from '../analysis/metrics/run-facts.ts';
import type { Io } from '../foundation/io.ts';
import { memoryLimit } from '../k6/memory-limit.ts';
import { planEnvironment } from '../k6/plan-environment.ts';
import type { K6 } from '../k6/provision.ts';
import { type K6Exit, runK6 } from '../k6/run-k6.ts';
import { metricsEnvironment, withoutMetrics } from '../k6/without-metrics.ts';
import { type RunFolder, writeJson } from '../ledger/run-folder.ts';
import { type HandedOver, handOver } from '../secrets/hand-over.ts';
import { factsOf } from './facts.ts';
import { bundleOf } from './plan/profiles.ts';

/** The bundle of the probes of a drift check, whose answers Node judges. */
export const PROBES = 'probes/suite';
/** Few requests at a time, of bodies that are kept up to 4 MB: more is a service that floods them. */
const PROBES_BYTES = 1_500_000_000;

/** One run of k6 on a plan of any kind. */
export interface PlanRun extends Pick<Plan, 'lanes'> {
  readonly plan: object & Pick<Plan, 'contract'>;
  readonly folder: RunFolder;
  readonly k6: K6;
  readonly apiKey: string;
  /** Of the built bundles, without `.js`. */
  readonly bundle: string;
  readonly env: Io['env'];
  /** What stands after `--`, for k6. */
  readonly args: readonly string[];
  readonly signal: AbortSignal;
}

/** A run whose plan was handed over already. */
type Handed = Omit<PlanRun, 'plan'> & { readonly contract?: Plan['contract'] | undefined };

/** Hands a plan to k6, takes it back when k6 has ended, and writes down what only this process knows of the run. */
export async function runInK6(run: PlanRun, io: Io): Promise<{ exit: K6Exit; facts: RunFacts }> {
  const handed = await handOver(run.plan, run.folder.plan, io.guard);
  return runHanded({ ...run, contract: run.plan.contract }, handed, io).finally(handed.withdraw);
}

/** As `runInK6`, on a plan that was handed over already, and stays so. */
export async function runHanded(
  run: Handed,
  handed: Omit<HandedOver, 'withdraw'>,
  io: Io,
): Promise<{ exit: K6Exit; facts: RunFacts }> {
  const { lanes, folder, k6, apiKey, env, args, signal } = run;
  const unseen = withoutMetrics(k6.version, args);
  const exit = await runK6({
    k6: k6.path,
    bundle: await bundleFor(run, io.cwd),
    cwd: io.cwd,
    ledger: folder.ledger,
    env: {
      ...env,
      ...planEnvironment({ lanes }, { path: handed.path, apiKey }, env),
      ...handed.redaction,
      ...metricsEnvironment(unseen),
    },
    args: [...args, ...unseen],
    signal,
    ...(run.bundle === PROBES ? { mostMemoryBytes: Math.min(PROBES_BYTES, memoryLimit()) } : {}),
  });
  const facts = factsOf(k6, exit);
  await writeJson(folder.facts, facts, io.guard.redact);
  return { exit, facts };
}

/** The built bundle; one with the plan's overlay, where answers are checked in k6. */
async function bundleFor({ bundle, contract }: Handed, cwd: string): Promise<string> {
  if (contract === undefined || bundle === PROBES) return bundleOf(bundle, cwd);
  // Loaded only where there is an overlay: Ajv and esbuild are slow to load.
  const { overlaidBundle } = await import('../k6/build/overlaid-contract.ts');
  return overlaidBundle(bundle, contract, cwd);
}
