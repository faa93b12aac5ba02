import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import type { Strategy } from './turn-budget.ts';

/** A generated answer takes seconds; this guess only sizes lanes, it decides nothing that is measured. */
const TYPICAL_ANSWER_MS = 6_000;

const CONVERSATIONS_PER_LANE = 250;
const STARTS_PER_LANE_AND_SECOND = 100;
const FEWEST = 2;
const MOST = 20;

export interface ThinkMean {
  readonly meanMs: number;
}

/** Mean length in ms of the workload's conversations when a user turn takes `answerMs`. */
export function conversationMs(
  scripts: readonly ConversationScript[],
  strategy: Strategy,
  { meanMs }: ThinkMean,
  answerMs = TYPICAL_ANSWER_MS,
): number {
  let weights = 0;
  let sum = 0;
  for (const { weight = 1, turns } of scripts) {
    const sent = strategy === 'single' ? turns.slice(0, 1) : turns;
    const answers = sent.filter(({ role = 'user' }) => role === 'user').length * answerMs;
    const pauses = sent.slice(1).reduce((total, turn) => total + (turn.thinkMs ?? meanMs), 0);
    weights += weight;
    sum += weight * (answers + pauses);
  }
  return sum / weights;
}

export interface LaneLoad {
  readonly inFlight: number;
  readonly startsPerSecond: number;
}

/**
 * Lanes for an expected load: few enough conversations in each that its event loop starts turns on time,
 * few enough lanes that memory stays small.
 * @param atMost conversations of the whole run; a lane without any is of no use
 */
export function lanesFor(load: LaneLoad, atMost: number): number {
  const wanted = Math.max(load.inFlight / CONVERSATIONS_PER_LANE, load.startsPerSecond / STARTS_PER_LANE_AND_SECOND);
  return Math.max(1, Math.min(atMost, MOST, Math.max(FEWEST, Math.ceil(wanted))));
}

/** Deals conversations out to lanes: conversation i goes to lane i mod `lanes`. */
export function deal(times: readonly number[], lanes: number): number[][] {
  const schedule: number[][] = Array.from({ length: lanes }, () => []);
  for (const [index, time] of times.entries()) schedule[index % lanes]?.push(time);
  return schedule;
}
