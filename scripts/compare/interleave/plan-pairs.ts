import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Profile } from '../../../contracts/profile.ts';
import { usageError } from '../../foundation/errors.ts';
import type { Io } from '../../foundation/io.ts';
import { leastSample } from '../../foundation/statistics/least-sample.ts';
import { plural } from '../../foundation/text/format.ts';
import type { ConfigFlags, FullConfig } from '../../run/config/load.ts';
import { plannedSample } from '../../run/plan/planned-sample.ts';
import { type Prepared, prepare } from '../../run/plan/prepare.ts';
import { type TargetChoice, wantsEmbedded } from '../../run/wants-embedded.ts';
import { CRITERIA } from '../criteria.ts';
import { sizeStages } from './size-stages.ts';
import { ARMS, type Arm, type PerArm, type Slot, slotsOf } from './slots.ts';

/** What is to be compared, as typed. */
export interface PairsOptions extends TargetChoice {
  /** Each a configuration file over the common one, or the base URL of a service. */
  readonly sources: PerArm<string>;
  /** auto: in stages. */
  readonly pairs: number | 'auto';
  /** Of a comparison in stages: smallest increase of p95 that counts as a regression. */
  readonly tolerance?: number | undefined;
  readonly scenario: string;
  readonly flags: ConfigFlags;
  readonly config?: string | undefined;
  readonly build: boolean;
}

/** A run with its plan; `plan.target.embedded` says that the harness has to bring the service. */
export interface PlannedRun extends Slot {
  readonly plan: Plan;
}

export interface PlannedPairs {
  /** At most, of a comparison in stages. */
  readonly pairs: number;
  /** Of a comparison in stages: what its looks were planned for. */
  readonly stages?: { readonly tolerance: number };
  readonly profile: Profile;
  /** In the order in which they are made. */
  readonly runs: readonly PlannedRun[];
}

/**
 * Plans all runs: those of a pair send the same turns at the same times, each pair with a seed of its own. A limit on
 * turns is one for all runs together.
 * @throws HarnessError (2) where the arms would not be under one load, or a run is too short to be compared
 */
export async function planPairs(
  options: PairsOptions,
  io: Pick<Io, 'env' | 'cwd' | 'guard' | 'insecureTls'>,
): Promise<PlannedPairs> {
  const first = await prepareArm(options, 'baseline', {}, io);
  const { seed } = first.config;
  const prepareRun = (own: ConfigFlags) => prepareArm({ ...options, build: false }, 'baseline', own, io);
  const isStaged = options.pairs === 'auto';
  const { pairs, own: size } =
    options.pairs === 'auto' ? await sizeStages(prepareRun) : { pairs: options.pairs, own: {} };
  const limits = { ...limitsOfRun(first.config, 2 * pairs), ...size };
  const runs: PlannedRun[] = [];
  for (const { pair, arm } of slotsOf(pairs)) {
    const own = { seed: seed + pair - 1, ...limits };
    const { plan, namesService } = await prepareArm({ ...options, build: false }, arm, own, io);
    const embedded = wantsEmbedded(options, namesService, io.env);
    runs.push({ pair, arm, plan: { ...plan, target: { ...plan.target, embedded } } });
  }
  for (const pair of runs.filter(({ arm }) => arm === 'baseline')) assertOneLoad(pair, runs);
  assertLongEnough(runs);
  const stages = { tolerance: options.tolerance ?? CRITERIA.tolerance };
  return { pairs, ...(isStaged ? { stages } : {}), profile: first.profile, runs };
}

/** The part of one of so many runs in the limits for all of them. */
function limitsOfRun({ maxTurns, maxCost }: FullConfig, runs: number): ConfigFlags {
  const turns = maxTurns === undefined ? undefined : Math.floor(maxTurns / runs);
  if (turns === 0)
    throw usageError(`--max-turns: ${plural(maxTurns ?? 0, 'turn is', 'turns are')} not one for each of ${runs} runs`);
  return {
    ...(turns === undefined ? {} : { maxTurns: turns }),
    ...(maxCost === undefined ? {} : { maxCost: maxCost / runs }),
  };
}

function prepareArm(
  { sources, scenario, flags, config, build }: PairsOptions,
  arm: Arm,
  own: ConfigFlags,
  io: Pick<Io, 'env' | 'cwd' | 'guard' | 'insecureTls'>,
): Promise<Prepared> {
  const source = sources[arm];
  const isUrl = /^https?:[/][/]/i.test(source);
  const named = isUrl ? { ...flags, ...own, baseUrl: source } : { ...flags, ...own };
  return prepare({ scenario, flags: named, config, build, ...(isUrl ? {} : { over: source }) }, io);
}

/** What both runs of a pair have in common: all that is sent, when, and how long an answer may take. */
const COMMON = [
  'stages',
  'schedule',
  'conversations',
  'concurrency',
  'workload',
  'thinkTime',
  'patience',
  'continuation',
  'retryOnce',
  'references',
  'customerEmail',
  'timeoutMs',
  'drainMs',
] as const satisfies readonly (keyof Plan)[];

function assertOneLoad({ pair, plan }: PlannedRun, runs: readonly PlannedRun[]): void {
  const other = runs.find((run) => run.pair === pair && run.arm === 'candidate')?.plan;
  const differs = COMMON.find((key) => JSON.stringify(plan[key]) !== JSON.stringify(other?.[key]));
  if (differs === undefined) return;
  throw usageError(
    `baseline and candidate would differ in ${differs}: both must have the same load; ` +
      'only the target, the agent, the connections or the embedded server may differ',
  );
}

function assertLongEnough(runs: readonly PlannedRun[]): void {
  const least = leastSample(0.95);
  const samples = runs.map(({ plan }) => plannedSample(plan) ?? Number.POSITIVE_INFINITY);
  const shortest = Math.min(...samples);
  if (shortest >= least) return;
  throw usageError(
    `a run would have about ${shortest} measured user turns, and a p95 needs ${least}: ` +
      'raise --rate, --duration or --max-turns (500 per run is better)',
  );
}

/** Whether both arms ask the same service in the same way. */
export function isSameTwice({ runs }: PlannedPairs): boolean {
  const [a, b] = ARMS.map((arm) => runs.find((run) => run.arm === arm)?.plan);
  const own = (plan: Plan | undefined) => JSON.stringify([plan?.target, plan?.connections, plan?.config.embedded]);
  return own(a) === own(b);
}
