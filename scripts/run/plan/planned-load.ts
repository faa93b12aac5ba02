import type { Plan } from '../../../contracts/generated/plan.ts';
import { usageError } from '../../foundation/errors.ts';
import { nonEmpty } from '../../foundation/non-empty.ts';
import { duration, perSecond } from '../../foundation/text/format.ts';
import { durationMs } from '../config/duration.ts';
import type { FullConfig } from '../config/load.ts';
import type { Arrivals } from './arrivals.ts';
import { conversationMs, deal } from './lanes.ts';
import type { PlanInput } from './plan-input.ts';
import { scheduleOf } from './schedule.ts';
import { sharedLanes } from './shared-lanes.ts';
import { closedStages, isConstant, stagesOf } from './stages.ts';
import { thinkTimeOf } from './think-time.ts';
import { budget, type Script, type TurnLimits, triesOf } from './turn-budget.ts';
import { nothingFits, turnLimitsOf } from './turn-limits.ts';

/** What a plan sends when, on how many lanes. */
export type PlannedLoad = Pick<
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

/** @throws HarnessError (2) where nothing would be sent, or the scenario cannot do it */
export function plannedLoad(input: PlanInput): PlannedLoad {
  const { scenario, profile, config } = input;
  const concurrency = config.concurrency ?? (config.rate === undefined ? profile.concurrency : undefined);
  if (concurrency === undefined) return openLoad(input, config.rate ?? profile.rate ?? 1);
  if (isConstant(profile)) return closedLoad(input, concurrency);
  throw usageError(`${scenario} changes its load over time, which needs arrivals: use --rate instead of --concurrency`);
}

function openLoad(input: PlanInput, rate: number): PlannedLoad {
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
      `no conversation would start in ${duration(windowOf(input))} at ${perSecond(rate)}: ${profile.isLearnt ? 'lower --speed, or run more hours' : 'raise --rate or --duration'}`,
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

function closedLoad(input: PlanInput, concurrency: number): PlannedLoad {
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
