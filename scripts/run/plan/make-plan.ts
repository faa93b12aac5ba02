import { randomUUID } from 'node:crypto';
import type { AppliedOverlay, Plan, Target, ThinkTime } from '../../../contracts/generated/plan.ts';
import type { Profile } from '../../../contracts/profile.ts';
import { usageError } from '../../foundation/errors.ts';
import { nonEmpty } from '../../foundation/non-empty.ts';
import { HARNESS_VERSION } from '../../foundation/package-root.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { durationMs } from '../config/duration.ts';
import type { FullConfig } from '../config/load.ts';
import type { Workload } from '../workload/read.ts';
import type { Arrivals } from './arrivals.ts';
import { conversationMs, deal } from './lanes.ts';
import { scheduleOf } from './schedule.ts';
import { leadMs, sharedLanes } from './shared-lanes.ts';
import { closedStages, isConstant, stagesOf } from './stages.ts';
import { budget, type Script, type TurnLimits, triesOf } from './turn-budget.ts';
import { nothingFits, turnLimitsOf } from './turn-limits.ts';

export interface PlanInput {
  readonly scenario: string;
  readonly profile: Profile;
  readonly config: FullConfig;
  readonly workload: Workload;
  readonly target: Target;
  /** Conversation ids of continuation strategy `fixed`. */
  readonly ids?: readonly string[];
  /** Pauses in ms of think-time law `empirical`. */
  readonly thinkTimes?: readonly number[];
  readonly contract?: AppliedOverlay;
  readonly now?: Date;
  readonly runId?: string;
  /** k6 processes that share the load; one by default. */
  readonly runners?: number | undefined;
  /** Share of the turns whose bodies are kept; without it none are. */
  readonly keepTexts?: number | undefined;
}

/**
 * Decides everything that a run sends, and how it is judged. The same input, time and id give the same plan.
 * @throws HarnessError (2) where the flags ask for what the scenario cannot do
 */
export function makePlan(input: PlanInput): Plan {
  const { scenario, config, workload, target } = input;
  const { price, patience } = config;
  const { runners = 1, keepTexts } = input;
  const load = loadOf(input);
  return {
    version: 1,
    runId: input.runId ?? randomUUID(),
    scenario,
    createdAt: (input.now ?? new Date()).toISOString(),
    harness: HARNESS_VERSION,
    target,
    seed: config.seed,
    ...load,
    ...(runners === 1 ? {} : { runners }),
    drainMs: durationMs(config.drain),
    timeoutMs: durationMs(config.timeout),
    leadMs: leadMs(runners),
    continuation: continuationOf(input, load),
    breaker: { ...config.breaker },
    thinkTime: thinkTimeOf(input),
    ...(patience === undefined ? {} : { patience: lawOf(patience) }),
    retryOnce: config.retryOnce,
    references: config.references,
    tracing: config.tracing,
    ...(keepTexts === undefined ? {} : { keepTexts }),
    customerEmail: config.customerEmail,
    connections: config.connections,
    gates: [...config.gates],
    ...(config.gatesOff.length === 0 ? {} : { gatesOff: [...config.gatesOff] }),
    strict: config.strict,
    workload,
    ...(price === undefined ? {} : { price: { perTurn: price.perTurn, currency: price.currency ?? 'USD' } }),
    config: { ...config },
    ...(input.contract === undefined ? {} : { contract: input.contract }),
  };
}

function continuationOf({ config, ids }: PlanInput, { conversations }: Load): Plan['continuation'] {
  const { strategy } = config.continuation;
  if (strategy === 'pool') {
    if (conversations === null) {
      throw usageError(
        'continuation strategy pool prepares one conversation each: say how many with --conversations or --max-turns',
      );
    }
    return { strategy, poolSize: conversations };
  }
  return { strategy, ...(ids === undefined ? {} : { ids: [...ids] }) };
}

function thinkTimeOf({ config, thinkTimes }: PlanInput): ThinkTime {
  if (thinkTimes === undefined) return lawOf(config.thinkTime);
  return { ...lawOf(config.thinkTime), meanMs: mean(thinkTimes), valuesMs: nonEmpty(thinkTimes) };
}

interface Spread<Law> {
  readonly law: Law;
  readonly mean: string;
  readonly cv: number;
}

function lawOf<Law>({ law, mean, cv }: Spread<Law>): { law: Law; meanMs: number; cv: number } {
  return { law, meanMs: durationMs(mean), cv };
}

type Load = Pick<
  Plan,
  | 'model'
  | 'concurrency'
  | 'stages'
  | 'windowMs'
  | 'lanes'
  | 'inFlightPerLane'
  | 'conversations'
  | 'lastTurns'
  | 'turns'
  | 'schedule'
>;

function loadOf(input: PlanInput): Load {
  const { scenario, profile, config } = input;
  const concurrency = config.concurrency ?? (config.rate === undefined ? profile.concurrency : undefined);
  if (concurrency === undefined) return openLoad(input, config.rate ?? profile.rate ?? 1);
  if (isConstant(profile)) return closedLoad(input, concurrency);
  throw usageError(`${scenario} changes its load over time, which needs arrivals: use --rate instead of --concurrency`);
}

function openLoad(input: PlanInput, rate: number): Load {
  const { profile, config, workload } = input;
  const script = scriptOf(input);
  const window = {
    arrivals: lawOfArrivals(config),
    windowMs: windowOf(input),
    stages: (ms: number) => stagesOf(profile, ms, rate),
  };
  const limits = { conversations: config.conversations ?? profile.conversations, turns: turnLimits(input) };
  const { conversations, lastTurns, turns, stages, windowMs, times } = scheduleOf(window, script, limits);
  if (conversations === 0 && limits.turns.users === 0) throw nothingFits(config);
  if (conversations === 0) {
    throw usageError(
      `no conversation would start in ${config.duration ?? profile.duration} at ${rate}/s: ${profile.isLearnt ? 'lower --speed, or run more hours' : 'raise --rate or --duration'}`,
    );
  }
  const peak = Math.max(...stages.flatMap(({ from, to }) => [from, to]));
  const inFlight = (answerMs?: number): number =>
    (peak / 1000) * conversationMs(workload.conversations, script.strategy, thinkTimeOf(input), answerMs);
  const load = { inFlight: Math.min(inFlight(), conversations), startsPerSecond: peak };
  const lanes = sharedLanes(input, load, conversations);
  const schedule = deal(times, lanes);
  const longest = schedule[0]?.length ?? 0;
  const slowest = Math.ceil((2 * inFlight(durationMs(config.timeout))) / lanes);
  return {
    model: lawOfArrivals(config),
    stages: nonEmpty(stages),
    windowMs,
    lanes,
    inFlightPerLane: Math.max(1, Math.min(longest, slowest)),
    conversations,
    ...(lastTurns === undefined ? {} : { lastTurns }),
    turns: turns * triesOf(config),
    schedule,
  };
}

function closedLoad(input: PlanInput, concurrency: number): Load {
  const { profile, config } = input;
  const windowMs = windowOf(input);
  const limit = config.conversations ?? profile.conversations;
  const limits = turnLimits(input);
  const bounded = limit !== undefined || limits.turns !== undefined || limits.users !== undefined;
  const budgeted = bounded ? budget(scriptOf(input), limit ?? Number.POSITIVE_INFINITY, limits) : undefined;
  if (budgeted?.conversations === 0) throw nothingFits(config);
  // A lane without a slot would leave the conversations with its numbers unsaid.
  const wanted = sharedLanes(input, { inFlight: concurrency, startsPerSecond: 0 }, concurrency);
  const lanes = Math.min(wanted, concurrency);
  return {
    model: 'closed',
    concurrency,
    stages: nonEmpty(closedStages(profile, windowMs, concurrency)),
    windowMs,
    lanes,
    inFlightPerLane: Math.ceil(concurrency / lanes),
    conversations: budgeted?.conversations ?? null,
    ...(budgeted?.lastTurns === undefined ? {} : { lastTurns: budgeted.lastTurns }),
    turns: budgeted === undefined ? null : budgeted.turns * triesOf(config),
    schedule: Array.from({ length: lanes }, () => []),
  };
}

/** Given the rates of its hours, which the plan has drawn, a dispersed process is a Poisson process. */
const lawOfArrivals = ({ arrivals }: FullConfig): Arrivals => (arrivals === 'even' ? 'even' : 'poisson');

const windowOf = ({ config, profile }: PlanInput): number => durationMs(config.duration ?? profile.duration);

const turnLimits = ({ config, workload }: PlanInput): TurnLimits => turnLimitsOf(config, workload.conversations);

const scriptOf = ({ config, workload }: PlanInput): Script => ({
  seed: config.seed,
  strategy: config.continuation.strategy,
  scripts: workload.conversations,
});
