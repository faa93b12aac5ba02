import { resolve } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import { compareRuns } from '../compare/compare-runs.ts';
import { CRITERIA, type Criteria } from '../compare/criteria.ts';
import { admitPairs } from '../compare/interleave/admit-pairs.ts';
import { CHOSEN_PAIRS } from '../compare/interleave/chosen.ts';
import { type PairsOptions, type PlannedPairs, type PlannedRun, planPairs } from '../compare/interleave/plan-pairs.ts';
import { renderPairs, totalTurns } from '../compare/interleave/render-pairs.ts';
import { runPairs } from '../compare/interleave/run-pairs.ts';
import { openRuns, putAside, readPairs, readSession, saveSession } from '../compare/interleave/session.ts';
import type { Arm } from '../compare/interleave/slots.ts';
import type { ComparisonModel } from '../compare/report/model.ts';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Io } from '../foundation/io.ts';
import { buildAll } from '../k6/build/all.ts';
import { createFolder, type RunFolder, runFolder } from '../ledger/run-folder.ts';
import { isHostOf } from '../run/config/base-url.ts';
import type { PlannedService } from '../run/may-send.ts';
import { sendingOf } from '../run/plan/safety.ts';
import { assertCanContinue } from '../run/preflight.ts';
import { runSequence } from '../run/sequence.ts';
import type { CompareOptions } from './flags/compare-flags.ts';
import { settingsOf } from './flags/settings.ts';
import { type Judging, judgedComparison } from './judged.ts';
import { writeComparison, writeComparisonFiles } from './write-comparison.ts';

/**
 * Makes the runs of both arms alternately, where they are not there yet, then compares them; returns the exit code.
 * @throws HarnessError (2, 7, 8) before anything is sent
 */
export async function compareInterleaved(
  options: Judging<CompareOptions>,
  criteria: Criteria,
  io: Io,
): Promise<number> {
  const { planned, root } = await begin(options, io);
  const isDecided = async (path: string): Promise<boolean> =>
    planned.stages !== undefined && (await judge(path, planned, criteria)).comparison.outcome !== 'inconclusive';
  const isOver = root !== undefined && (await isDecided(root));
  const left = root === undefined ? planned.runs : isOver ? [] : await openRuns(root, planned);
  if (left.length > 0) (options.plan ? io.out : io.err)(renderPairs({ ...planned, runs: left }));
  if (options.plan) return EXIT.pass;
  const found = (path: string, endedBy?: number): Promise<number> =>
    conclude(path, { planned, criteria, options, endedBy }, io);
  if (root !== undefined && left.length === 0) return found(root);
  const service = (arm: Arm): PlannedService => plannedService(arm, planned, left, options, io);
  return runSequence(
    {
      services: { baseline: service('baseline'), candidate: service('candidate') },
      plan: async (services) => {
        assertCanContinue(planOf(planned, 'baseline'), services.baseline);
        assertCanContinue(planOf(planned, 'candidate'), services.candidate);
        return left;
      },
      admit: (runs, services) => admitPairs(runs, services, io),
      folder: async (runs) => ({ folder: await sessionFolder(runs, { planned, root, options }, io), counted: true }),
      run: async ({ services, k6, folder: { path } }) => {
        const decided = planned.stages && (() => isDecided(path));
        const runner = { root: path, pairs: planned.pairs, k6, services, quiet: options.quiet, isDecided: decided };
        return { ran: await runPairs(left, runner, io) };
      },
      conclude: (endedBy, { folder }) => found(folder.path, endedBy),
    },
    io,
  );
}

/** A new comparison, or one to go on with. */
async function begin(options: CompareOptions, io: Io): Promise<{ planned: PlannedPairs; root?: string }> {
  const { resume, build } = options;
  if (resume === undefined) return { planned: await planPairs(pairsOptionsOf(options), io) };
  if (options.baseline !== undefined) {
    throw usageError('--resume continues the comparison in its folder: omit baseline and candidate');
  }
  if (build) await buildAll();
  const root = resolve(io.cwd, resume);
  const planned = await readSession(root, io);
  assertSameTolerance(planned, options);
  return { planned, root };
}

/** The looks of a comparison in stages hold for one tolerance. */
function assertSameTolerance({ stages }: PlannedPairs, { tolerance }: CompareOptions): void {
  if (stages === undefined || tolerance === stages.tolerance || tolerance === CRITERIA.tolerance) return;
  throw usageError(`this comparison was planned for --tolerance ${100 * stages.tolerance}%: start a new one`);
}

function pairsOptionsOf(options: CompareOptions): PairsOptions {
  const {
    baseline,
    candidate: candidates,
    interleave: pairs = CHOSEN_PAIRS,
    scenario,
    config,
    embedded,
    confirmTarget,
    build,
    tolerance,
  } = options;
  const [candidate, ...more] = candidates;
  if (baseline === undefined || candidate === undefined || more.length > 0) {
    throw usageError('--interleave compares two services: name a configuration file or a base URL for each');
  }
  const sources = { baseline, candidate };
  return { sources, pairs, tolerance, scenario, flags: settingsOf(options), config, embedded, confirmTarget, build };
}

function planOf({ runs }: PlannedPairs, arm: Arm): Plan {
  const plan = runs.find((run) => run.arm === arm)?.plan;
  if (plan === undefined) throw usageError('a comparison needs at least one pair');
  return plan;
}

/** The service of one arm, to which all its runs together are sent. */
function plannedService(
  arm: Arm,
  planned: PlannedPairs,
  left: readonly PlannedRun[],
  { confirmTarget }: CompareOptions,
  io: Io,
): PlannedService {
  const plan = planOf(planned, arm);
  const own = left.filter((run) => run.arm === arm);
  const conversations = plan.conversations === null ? null : plan.conversations * own.length;
  return {
    target: plan.target,
    config: plan.config,
    env: environmentOf(arm, io),
    sending: sendingOf({ ...plan, conversations, turns: totalTurns(own) }, planned.profile),
    typed: confirmTarget.find((each) => isHostOf(each, plan.target.baseUrl)) ?? confirmTarget[0],
  };
}

/** A candidate elsewhere may have a key of its own. */
function environmentOf(arm: Arm, { env }: Io): Io['env'] {
  const own = arm === 'candidate' ? env.FINI_CANDIDATE_API_KEY : undefined;
  return !own ? env : { ...env, FINI_API_KEY: own };
}

interface Session {
  readonly planned: PlannedPairs;
  /** Of a comparison that goes on. */
  readonly root: string | undefined;
  readonly options: CompareOptions;
}

/** The folder of the comparison, ready for the runs that are left. */
async function sessionFolder(
  left: readonly PlannedRun[],
  { planned, root: resumed, options }: Session,
  io: Io,
): Promise<RunFolder> {
  const root = resumed ?? (await createFolder({ out: options.out, name: 'compare' }, io.cwd));
  io.guard.watch(root);
  if (resumed === undefined) await saveSession(root, planned, io.guard.redact);
  for (const run of left) await putAside(root, run);
  return runFolder(root);
}

interface Finished {
  readonly planned: PlannedPairs;
  readonly criteria: Criteria;
  readonly options: Judging<CompareOptions>;
  /** The exit code that ended it before its last pair. */
  readonly endedBy: number | undefined;
}

/** Compares the runs of whole pairs. */
async function judge(root: string, planned: PlannedPairs, criteria: Criteria): Promise<ComparisonModel> {
  const { baseline, candidate, aside, notes } = await readPairs(root, planned);
  const { pairs, stages } = planned;
  const comparison = compareRuns(baseline, candidate, { ...criteria, ...stages }, stages && { pairs }, aside);
  return { comparison: { ...comparison, notes: [...notes, ...comparison.notes] }, baseline, candidate };
}

/** Writes what came out. */
async function conclude(root: string, { planned, criteria, options, endedBy }: Finished, io: Io): Promise<number> {
  const model = await judge(root, planned, criteria);
  options.judged(judgedComparison(model.comparison));
  const page = await writeComparisonFiles(root, model, io);
  const exitCode = await writeComparison(options, model, io);
  io.err(`Report: ${page}\n`);
  if (endedBy === undefined) return exitCode;
  io.err(`The comparison is incomplete: continue with fini-harness compare --resume ${root}\n`);
  return endedBy;
}
