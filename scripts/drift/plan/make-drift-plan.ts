import type { Chain, DriftPlan, ProbeTurn, Step } from '../../../contracts/generated/drift-plan.ts';
import { LOOKS_MS } from '../../../contracts/look-schedule.ts';
import { runHash } from '../../../contracts/reference.ts';
import { usageError } from '../../foundation/errors.ts';
import { HARNESS_VERSION } from '../../foundation/package-root.ts';
import {
  ACCESS_ROUNDS,
  accessSteps,
  foreignBulkRemoval,
  foreignRemoval,
  type SpareKeys,
  withoutKeys,
} from './access-steps.ts';
import { CONTENT_CLASSES } from './contents.ts';
import { lateReadStep, removeAgain, turnIntoRemoved } from './lifecycle-steps.ts';
import { negativeSteps } from './negative-steps.ts';
import { foreignChain, note, noteChains, OTHER, ROLES, type Role } from './note-chains.ts';
import { bulkOfManySteps, bulkSteps, bulkWithUnknownSteps, openSteps, tidyStep } from './open-steps.ts';
import { backStep, pagingSteps } from './paging-steps.ts';
import {
  agentsStep,
  agentWalkStep,
  findStep,
  frontStep,
  lastListStep,
  ownAgentStep,
  pageStep,
  quietStep,
  readStep,
  removalSteps,
  turnStep,
} from './steps.ts';
import { sameBodySteps, shortSteps, UNDECIDED_ROUNDS, undecidedSteps } from './undecided-steps.ts';
import { userChains } from './user-chains.ts';

const CONCURRENCY = 8;
const GRACE_MS = 3_000;
const PAGE = 2;
const MINUTE_MS = 60_000;
/** Conversations of a deep check that are read again when a minute has passed. */
const LATE_READS = 90;

export interface DriftPlanInput {
  readonly runId: string;
  readonly budget: string;
  readonly seed: number;
  readonly now: number;
  readonly timeoutMs: number;
  readonly target: DriftPlan['target'];
  readonly keys: SpareKeys;
  /** An agent of the workspace of the other key. */
  readonly otherBotId: string | undefined;
  /** An agent of the main workspace whose events carry tags. */
  readonly taggedBotId?: string | undefined;
  readonly looksMs?: readonly number[];
  /** Replicas may differ for so long. */
  readonly graceMs?: number;
}

/** User turns, and probes of each kind that costs no reply. */
export interface Budget {
  readonly userTurns: number;
  readonly each: number;
}

/**
 * smoke finds what every answer shows, standard what 5 % of them show and deep what 1 % show, with 99 % probability
 * (n = ln 0.01 / ln(1 - p)).
 * @throws HarnessError (2)
 */
function budgetOf(text: string): Budget {
  if (text === 'smoke') return { userTurns: CONTENT_CLASSES + CONTENT_CLASSES / 2, each: 1 };
  if (text === 'standard') return { userTurns: 90, each: 90 };
  if (text === 'deep') return { userTurns: 459, each: 459 };
  const turns = Number(text);
  if (Number.isInteger(turns) && turns >= 1 && turns <= 10_000) return { userTurns: turns, each: turns };
  throw usageError(`--budget ${text}: must be smoke, standard, deep, auto, or a number of user turns from 1 to 10000`);
}

/** A plan in the making. */
interface Draft {
  readonly input: DriftPlanInput;
  readonly chains: Chain[];
  readonly run: number;
  readonly each: number;
  /** When a list begins that holds all that the check stores. */
  readonly since: number;
  readonly graceMs: number;
  /** Adds a chain; its number. */
  readonly add: (phase: number, steps: Step[]) => number;
  /** A note in the next conversation. */
  readonly next: (role: Role) => ProbeTurn;
}

interface Conversations {
  readonly own: readonly number[];
  /** Of the main workspace, to be removed together with another one. */
  readonly partners: readonly number[];
  readonly foreign: { readonly botId: string; readonly chain: number } | undefined;
}

/** Every probe of a drift check. The same seed gives the same probes. */
export function makeDriftPlan(input: DriftPlanInput): DriftPlan {
  const { userTurns, each } = budgetOf(input.budget);
  const { keys, target, seed, graceMs = GRACE_MS } = input;
  const chains: Chain[] = [];
  const run = runHash(input.runId);
  const draft: Draft = {
    input,
    chains,
    run,
    each,
    since: input.now - MINUTE_MS,
    graceMs,
    add: (phase, steps) => chains.push({ id: chains.length, phase, steps }) - 1,
    next: (role) => note(role, run, chains.length + 1),
  };
  const conversations = addTurns(draft, userTurns);
  addReads(draft, conversations);
  addRemovals(draft, conversations);
  return {
    version: 2,
    runId: input.runId,
    createdAt: new Date(input.now).toISOString(),
    harness: HARNESS_VERSION,
    seed,
    budget: input.budget,
    target,
    timeoutMs: input.timeoutMs,
    concurrency: CONCURRENCY,
    looksMs: [...(input.looksMs ?? LOOKS_MS)],
    graceMs,
    maxPages: 2 * conversations.own.length + 20,
    chains,
    notTested: [...withoutKeys(keys, conversations.foreign !== undefined), ...withoutTags(input)],
  };
}

/** Phase 1: conversations, of users and of other roles, and turns whose answer the reference leaves open. */
function addTurns({ input, run, each, add, next }: Draft, userTurns: number): Conversations {
  const { seed, target, keys, otherBotId } = input;
  const { botId } = target;
  const partners: number[] = [];
  const own = userChains({ seed, botId, run, userTurns }).map((steps) => add(1, steps));
  for (const steps of noteChains({ ...input, botId, run, first: own.length, each })) own.push(add(1, steps));
  for (let round = 0; round < Math.min(each, UNDECIDED_ROUNDS); round++) {
    for (const step of undecidedSteps(botId, () => next('agent'))) add(1, [step]);
    add(1, sameBodySteps(botId, next('agent')));
    for (const step of shortSteps(botId)) add(1, [step]);
    partners.push(
      add(1, [turnStep('R', 'role-agent', next('agent'), { botId, role: 'agent' }), findStep(), readStep()]),
    );
  }
  if (!keys.other || otherBotId === undefined) return { own, partners, foreign: undefined };
  return { own, partners, foreign: { botId: otherBotId, chain: add(1, foreignChain(otherBotId, run, own.length)) } };
}

/** Phase 2: requests that are wrong or not allowed, and lists of what phase 1 stored. */
function addReads({ input, each, since, graceMs, add }: Draft, { own, foreign }: Conversations): void {
  const { target, keys, now, budget } = input;
  const targets = { botId: target.botId, own: own[own.length - 1] ?? 0, foreign };
  for (let round = 0; round < each; round++) {
    add(2, negativeSteps(target.botId, now));
    // With one round of all, each operation has its turn.
    const rounds = each === 1 ? [...Array(ACCESS_ROUNDS).keys()] : [round];
    for (const turn of rounds) add(2, [...accessSteps(targets, keys, turn), ...openSteps(turn)]);
    add(2, [agentsStep(), quietStep(now), ownAgentStep(target.botId)]);
    add(2, pagingSteps(since));
  }
  // By then all that was answered should be listed.
  add(2, [{ ...pageStep(PAGE, since), pauseMs: graceMs }, frontStep(since)]);
  const late = [backStep(since), agentWalkStep(since, target.botId)];
  for (const step of late) add(2, [{ ...step, pauseMs: graceMs }]);
  if (budget === 'deep') for (const chain of own.slice(0, LATE_READS)) add(2, [lateReadStep(chain)]);
}

/** Phases 3 and 4: removals, and whether what was removed is gone. */
function addRemovals(draft: Draft, { own, foreign, partners }: Conversations): void {
  const { input, chains, run, each, since, graceMs, add, next } = draft;
  if (foreign !== undefined) {
    for (let round = 0; round < each; round++)
      add(3, [foreignRemoval(foreign.chain), foreignBulkRemoval(foreign.chain)]);
    add(3, removalSteps(foreign.chain, OTHER));
  }
  for (let round = 0; round < each; round++) {
    add(3, bulkSteps(input.target.botId, note(ROLES[round % ROLES.length] ?? 'agent', run, chains.length)));
  }
  for (const partner of partners) {
    add(3, bulkOfManySteps(input.target.botId, next('agent'), partner));
    add(3, bulkWithUnknownSteps(input.target.botId, next('agent')));
  }
  // Newest first: one that goes with its neighbour is missed when its turn comes.
  for (const chain of [...own].reverse())
    add(3, [...removalSteps(chain), turnIntoRemoved(chain, next('agent')), removeAgain(chain)]);
  add(4, [{ ...lastListStep(since), pauseMs: graceMs }, agentsStep()]);
  add(4, [tidyStep(since)]);
  if (foreign !== undefined) add(4, [tidyStep(since, OTHER)]);
}

function withoutTags({ taggedBotId }: DriftPlanInput): DriftPlan['notTested'] {
  if (taggedBotId !== undefined) return [];
  return [{ kind: 'T', code: 'no-tagged-agent' }];
}

/** User turns that a plan sends: each costs a reply. */
export function userTurnsOf({ chains }: DriftPlan): number {
  return chains.flatMap(({ steps }) => steps).filter(({ turn }) => turn?.role === 'user').length;
}
