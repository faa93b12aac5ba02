import type { ConversationEnd } from '../../contracts/generated/ledger.ts';
import type { ConversationScript, ScriptedTurn } from '../../contracts/generated/workload.ts';
import { type Random, random } from '../../contracts/random.ts';
import { thinkMs } from '../../contracts/think-time.ts';
import { type Client, newClient } from './client.ts';
import { sleepUntil } from './clock.ts';
import type { Lane } from './lane-state.ts';
import { recordEnd } from './ledger.ts';
import { settings } from './plan.ts';
import type { Pool } from './pool.ts';
import type { SettledTurn } from './settled-turn.ts';
import { type Reply, unanswered } from './unanswered.ts';

/** Why a conversation ended. */
type End = ConversationEnd['outcome'];

/** The turn of its script that a conversation begins with, and when. */
export interface Beginning {
  readonly turn: number;
  readonly at: number;
}

/**
 * Holds one conversation from its beginning to its end, and writes its end to the ledger. One async function: each, and
 * each await, is some 20,000 instructions in k6.
 */
export async function converse(
  lane: Lane,
  conversation: number,
  script: ConversationScript,
  first: Beginning,
): Promise<void> {
  const { turns } = script;
  const client = newClient(lane, conversation, script, knownId(conversation, lane.pool));
  const end = (outcome: End): void => writeEnd(lane, conversation, script, client, outcome);
  if (settings.continuation.strategy === 'pool' && client.interactionId === undefined) return end('undiscovered');
  const most = mostTurns(conversation, turns.length);
  let intendedAt = first.at;
  let draw: Random | undefined;
  let previous: SettledTurn | undefined;
  for (let turn = first.turn; turn < most; turn++) {
    const scripted = turns[turn] as ScriptedTurn;
    if (previous !== undefined) {
      client.interactionId ??= await findId(lane, conversation, previous);
      if (client.interactionId === undefined) return end(Date.now() >= lane.drainAt ? 'drained' : 'undiscovered');
      draw ??= random(settings.seed, conversation);
      // Looking for the id is the harness's own work: where it outlasts the pause, the turn is due when it is done.
      intendedAt = Math.max(Date.now(), previous.line.settledAt + pause(scripted, draw));
      if (intendedAt >= lane.drainAt) return end('drained');
      if (intendedAt > Date.now()) await sleepUntil(intendedAt);
    }
    const wait = lane.room.enter();
    if (wait !== undefined) await wait;
    const bar = barOf(lane, wait !== undefined);
    if (bar !== undefined) return end(bar);
    const underWay = client.speak(turn, scripted, intendedAt);
    let reply: Reply<string>;
    try {
      reply = await underWay.reply;
    } catch (error) {
      reply = unanswered(error, underWay.sentAt);
    }
    previous = underWay.settle(reply);
    const { outcome, status, bytes } = previous.line;
    lane.room.leave(outcome === 'answered' ? bytes : undefined);
    if (previous.abandoned) return end('abandoned');
    if (outcome !== 'answered' || status !== 200) return end('failed');
  }
  return end(most < turns.length ? 'budget' : 'completed');
}

function writeEnd(
  { number: lane }: Lane,
  conversation: number,
  { id: template, turns }: ConversationScript,
  { interactionId, turnsSent }: Client,
  outcome: End,
): void {
  const line: ConversationEnd = {
    kind: 'conversation',
    conversation,
    lane,
    at: Date.now(),
    template,
    outcome,
    turnsPlanned: turns.length,
    turnsSent,
  };
  if (interactionId !== undefined) line.interactionId = interactionId;
  recordEnd(line);
}

/** Why a turn that has its place in the lane may not be sent after all; it gives the place back. */
function barOf({ room, breaker, drainAt }: Lane, hasWaited: boolean): End | undefined {
  const isTooLate = hasWaited && Date.now() >= drainAt;
  if (!isTooLate && !breaker.isOpen()) return undefined;
  room.leave(undefined);
  return isTooLate ? 'drained' : 'stopped';
}

/** How many turns this conversation may have: one without continuation, fewer where a cap on turns ends in it. */
function mostTurns(conversation: number, scripted: number): number {
  const { continuation, conversations, lastTurns = scripted } = settings;
  if (continuation.strategy === 'single') return 1;
  return conversation + 1 === conversations ? Math.min(lastTurns, scripted) : scripted;
}

/** The id of a conversation that is known before it begins. */
function knownId(conversation: number, pool: Pool): string | undefined {
  const { strategy, ids = [] } = settings.continuation;
  if (strategy === 'pool') return pool[conversation] ?? undefined;
  return strategy === 'fixed' ? ids[conversation % ids.length] : undefined;
}

async function findId(lane: Lane, conversation: number, { first }: SettledTurn): Promise<string | undefined> {
  return first === undefined ? undefined : lane.discover(first, conversation);
}

function pause({ thinkMs: scripted }: ScriptedTurn, draw: Random): number {
  return scripted ?? thinkMs(settings.thinkTime, draw);
}
