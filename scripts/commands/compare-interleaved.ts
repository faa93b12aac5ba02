import { resolve } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import { compareRuns } from '../compare/compare-runs.ts';
import type { Criteria } from '../compare/criteria.ts';
import { admitPairs } from '../compare/interleave/admit-pairs.ts';
import { type PlannedPairs, type PlannedRun, planPairs } from '../compare/interleave/plan-pairs.ts';
import { renderPairs, totalTurns } from '../compare/interleave/render-pairs.ts';
import { runPairs } from '../compare/interleave/run-pairs.ts';
import { openRuns, putAside, readPairs, readSession, saveSession } from '../compare/interleave/session.ts';
import { ARMS, type Arm, type PerArm } from '../compare/interleave/slots.ts';
import type { ComparisonModel } from '../compare/report/model.ts';
import { usageError } from '../foundation/errors.ts';
import type { Io } from '../foundation/io.ts';
import { buildAll } from '../k6/build/all.ts';
import { findK6, type K6 } from '../k6/provision.ts';
import { createFolder } from '../ledger/run-folder.ts';
import { apiKeyOf } from '../run/config/environment.ts';
import { requireBotId } from '../run/plan/prepare.ts';
import { askToConfirm, assertConfirmed, sendingOf } from '../run/plan/safety.ts';
import { assertReady } from '../run/preflight.ts';
import { realService, type Service, startEmbedded } from '../run/service.ts';
import type { InterleaveOptions } from './compare-options.ts';

/** What became of an interleaved comparison. */
export interface Interleaved {
  /** Of whole pairs. */
  readonly model: ComparisonModel;
  /** The folder of the comparison. */
  readonly root: string;
  /** Why it ended before its last pair. */
  readonly endedBy: number | undefined;
}

/**
 * Makes the runs of both arms alternately, where they are not there yet, then compares them. Undefined where only the
 * plan was wanted.
 * @throws HarnessError (2, 7, 8) before anything is sent
 */
export async function compareInterleaved(
  options: InterleaveOptions,
  criteria: Criteria,
  io: Io,
): Promise<Interleaved | undefined> {
  const { planned, root: resumed } = await begin(options, io);
  const left = resumed === undefined ? planned.runs : await openRuns(resumed, planned);
  if (left.length > 0) (options.plan ? io.out : io.err)(renderPairs({ ...planned, runs: left }));
  if (options.plan) return undefined;
  if (resumed !== undefined && left.length === 0) return conclude(resumed, planned, criteria);
  for (const arm of ARMS) await assertMaySend(arm, planned, left, options, io);
  const k6 = await findK6(io);
  const services = await startServices(planned, io);
  try {
    for (const arm of ARMS) await assertReady(planOf(planned, arm), services[arm]);
    const { root, endedBy } = await perform(left, { planned, resumed, k6, services, options }, io);
    return await conclude(root, planned, criteria, endedBy);
  } finally {
    await Promise.all(ARMS.map((arm) => services[arm].close()));
  }
}

interface Performance {
  readonly planned: PlannedPairs;
  readonly resumed: string | undefined;
  readonly k6: K6;
  readonly services: PerArm<Service>;
  readonly options: InterleaveOptions;
}

/** Makes the runs that are left, with leave for all of them. */
async function perform(
  left: readonly PlannedRun[],
  { planned, resumed, k6, services, options }: Performance,
  io: Io,
): Promise<{ root: string; endedBy: number | undefined }> {
  const admission = await admitPairs(left, services, io);
  try {
    const root = resumed ?? (await createFolder({ out: options.out, name: 'compare' }, io.cwd));
    io.guard.watch(root);
    if (resumed === undefined) await saveSession(root, planned, io.guard.redact);
    for (const run of left) await putAside(root, run);
    await admission.begin(root);
    const runner = { root, pairs: planned.pairs, k6, services, quiet: options.quiet };
    return { root, endedBy: await runPairs(left, runner, io) };
  } finally {
    await admission.close();
  }
}

async function conclude(
  root: string,
  planned: PlannedPairs,
  criteria: Criteria,
  endedBy?: number | undefined,
): Promise<Interleaved> {
  const { baseline, candidate, notes } = await readPairs(root, planned);
  const comparison = compareRuns(baseline, candidate, criteria);
  const model = { comparison: { ...comparison, notes: [...notes, ...comparison.notes] }, baseline, candidate };
  return { model, root, endedBy };
}

/** A new comparison, or one to go on with. */
async function begin(options: InterleaveOptions, io: Io): Promise<{ planned: PlannedPairs; root?: string }> {
  const { resume } = options;
  if (resume === undefined) return { planned: await planPairs(options, io) };
  if (options.build) await buildAll();
  const root = resolve(io.cwd, resume);
  return { planned: await readSession(root, io), root };
}

function planOf({ runs }: PlannedPairs, arm: Arm): Plan {
  const plan = runs.find((run) => run.arm === arm)?.plan;
  if (plan === undefined) throw usageError('a comparison needs at least one pair');
  return plan;
}

/** Before anything else: the key, the bot, and whether all runs of an arm together may be sent there at all. */
async function assertMaySend(
  arm: Arm,
  planned: PlannedPairs,
  left: readonly PlannedRun[],
  { confirmTargets }: InterleaveOptions,
  io: Io,
): Promise<void> {
  const plan = planOf(planned, arm);
  if (plan.target.embedded) return;
  requireBotId(plan);
  apiKeyOf(environmentOf(arm, io));
  const own = left.filter((run) => run.arm === arm);
  const conversations = plan.conversations === null ? null : plan.conversations * own.length;
  const { host } = new URL(plan.target.baseUrl);
  const typed = confirmTargets.find((each) => each === host) ?? confirmTargets[0];
  const sending = sendingOf({ ...plan, conversations, turns: totalTurns(own) }, planned.profile);
  assertConfirmed(sending, await askToConfirm(sending, typed, io));
}

/** A candidate elsewhere may have a key of its own. */
function environmentOf(arm: Arm, { env }: Io): Io['env'] {
  const own = arm === 'candidate' ? env.FINI_CANDIDATE_API_KEY : undefined;
  return own === undefined ? env : { ...env, FINI_API_KEY: own };
}

async function startServices(planned: PlannedPairs, io: Io): Promise<PerArm<Service>> {
  const start = async (arm: Arm): Promise<Service> => {
    const plan = planOf(planned, arm);
    return plan.target.embedded ? startEmbedded(plan, io) : realService(plan, apiKeyOf(environmentOf(arm, io)));
  };
  const baseline = await start('baseline');
  try {
    return { baseline, candidate: await start('candidate') };
  } catch (error) {
    await baseline.close();
    throw error;
  }
}
