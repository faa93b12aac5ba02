import type { MidLife, Plan } from '../../../contracts/generated/plan.ts';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { random } from '../../../contracts/random.ts';
import { scriptTable, templateOf } from '../../../contracts/template.ts';
import { thinkMs } from '../../../contracts/think-time.ts';
import { nonEmpty } from '../../foundation/non-empty.ts';
import { deal, lanesFor } from '../../run/plan/lanes.ts';
import { mixOf } from '../measure/user-turns.ts';
import { unitPoisson } from '../model/queue.ts';
import type { Slo } from '../slo.ts';
import { midLives, type StartedConversation, type Traffic } from './mid-life.ts';

/** Sets the seed of the confirming run apart from those of the rungs. */
const SEED_STEP = 104_729;
const STREAM = 0x66;
/** Ends the id of every confirming run. */
export const CONFIRMATION = '-confirmation';
/** The first answers are those of a service that was idle before. */
const SETTLING = 0.1;
/** A shorter run would tell too little. */
const LEAST_SHARE = 0.4;
const SHORTER = 0.9;

export interface Wanted {
  /** User turns a second. */
  readonly rate: number;
  /** User turns that are to count. */
  readonly turns: number;
  /** Mean time of an answer, ms. */
  readonly answerMs: number;
  /** User turns that it may send at most. */
  readonly budget: number;
}

/**
 * The plan of the confirming run: whole conversations at the rate that gives the wanted rate of turns, those in progress
 * started at random points of their scripts. Shorter than wanted where the budget asks for it; undefined where that is too short.
 */
export function confirmationPlan(base: Plan, slo: Slo, wanted: Wanted): Plan | undefined {
  const windowMs = (1000 * wanted.turns) / wanted.rate / (1 - SETTLING);
  for (let ms = windowMs; ms >= LEAST_SHARE * windowMs; ms *= SHORTER) {
    const plan = planOf(base, slo, wanted, ms);
    if (userTurns(plan) <= wanted.budget) return plan;
  }
  return undefined;
}

function planOf(base: Plan, slo: Slo, { rate, answerMs }: Wanted, windowMs: number): Plan {
  const { workload, thinkTime, continuation } = base;
  const seed = base.seed + SEED_STEP;
  const mix = mixOf(workload.conversations, thinkTime.meanMs);
  const perSecond = rate / mix.userTurns;
  const started = startedConversations(
    { scripts: workload.conversations, thinkTime, answerMs, seed },
    perSecond,
    windowMs,
  );
  const inFlight = (perSecond / 1000) * (mix.userTurns * answerMs + mix.pausesMs);
  const lanes = lanesFor({ inFlight, startsPerSecond: perSecond }, started.length);
  const stage = { from: perSecond, to: perSecond };
  const startMs = SETTLING * windowMs;
  const { concurrency: _concurrency, lastTurns: _lastTurns, patience: _patience, ...rest } = base;
  const plan: Plan = {
    ...rest,
    runId: `${base.runId}${CONFIRMATION}`,
    seed,
    model: 'poisson',
    stages: nonEmpty([
      { name: 'settling', startMs: 0, endMs: startMs, ...stage, measured: false },
      { name: 'confirmation', startMs, endMs: windowMs, ...stage, measured: true },
    ]),
    windowMs,
    drainMs: 0,
    lanes,
    inFlightPerLane: Math.max(1, Math.ceil((4 * inFlight) / lanes)),
    conversations: started.length,
    turns: null,
    schedule: deal(
      started.map(({ startMs: ms }) => ms),
      lanes,
    ),
    midLife: started.flatMap(({ script, turn }, conversation): MidLife[] =>
      script === FRESH ? [] : [{ conversation, script, turn }],
    ),
    continuation: continuation.strategy === 'pool' ? { strategy: 'pool', poolSize: started.length } : continuation,
    retryOnce: false,
    gates: [],
    config: { ...base.config, slo: slo.text },
  };
  return { ...plan, turns: countTurns(plan, () => true) };
}

/** In place of a script: the lane draws it. */
const FRESH = -1;

/** By their start: those in progress at time zero, and those that begin later. */
function startedConversations(traffic: Traffic, perSecond: number, windowMs: number): StartedConversation[] {
  const most = Math.ceil((2 * perSecond * windowMs) / 1000) + 20;
  const fresh = Array.from(unitPoisson(most, random(traffic.seed, STREAM)), (at) => (1000 * at) / perSecond);
  return [...midLives(traffic, perSecond), ...fresh.map((startMs) => ({ startMs, script: FRESH, turn: 0 }))]
    .filter(({ startMs }) => startMs < windowMs)
    .sort((a, b) => a.startMs - b.startMs)
    .map((it) => ({ ...it, startMs: Math.round(it.startMs * 1000) / 1000 }));
}

const userTurns = (plan: Plan): number => countTurns(plan, ({ role = 'user' }) => role === 'user');

type ScriptedTurn = ConversationScript['turns'][number];

/** The most turns of a kind that can start within the window: as many as would if every answer came at once. */
function countTurns(plan: Plan, counts: (turn: ScriptedTurn) => boolean): number {
  const { workload, seed, lanes, midLife = [] } = plan;
  const table = scriptTable(workload.conversations);
  const inProgress = new Map(midLife.map((it) => [it.conversation, it]));
  let count = 0;
  for (let conversation = 0; conversation < (plan.conversations ?? 0); conversation++) {
    const known = inProgress.get(conversation);
    const script = workload.conversations[known?.script ?? templateOf(seed, conversation, table)];
    const startMs = plan.schedule[conversation % lanes]?.[Math.floor(conversation / lanes)] ?? 0;
    count += startable(plan, conversation, script?.turns.slice(known?.turn ?? 0) ?? [], startMs).filter(counts).length;
  }
  return count;
}

function startable(
  { thinkTime, seed, windowMs }: Plan,
  conversation: number,
  turns: readonly ScriptedTurn[],
  startMs: number,
): ScriptedTurn[] {
  const draw = random(seed, conversation);
  let at = startMs;
  return turns.filter((turn, index) => {
    if (index > 0) at += turn.thinkMs ?? thinkMs(thinkTime, draw);
    return at < windowMs;
  });
}
