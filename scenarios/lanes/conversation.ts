import type { ConversationEnd } from '../../contracts/generated/ledger.ts';
import type { ConversationScript, ScriptedTurn } from '../../contracts/generated/workload.ts';
import { random } from '../../contracts/random.ts';
import { thinkMs } from '../../contracts/think-time.ts';
import { type Client, newClient, speak } from './client.ts';
import { sleepUntil } from './clock.ts';
import { firstEventOf } from './first-event.ts';
import type { Lane } from './lane-state.ts';
import { record, recordEnd } from './ledger.ts';
import { settings } from './plan.ts';
import type { Pool } from './pool.ts';
import type { SettledTurn } from './settled-turn.ts';
import { settleTurn } from './turn.ts';
import { type Reply, unanswered } from './unanswered.ts';

/** Why a conversation ended. */
type End = ConversationEnd['outcome'];

/** The turn of its script that a conversation begins with, and when. */
export interface Beginning {
  readonly turn: number;
  readonly at: number;
}

/**
 * Holds one conversation from its beginning to its end, and writes its end to the ledger; never rejects. One async
 * function: each, and each await, is some 20,000 instructions in k6, and each that is under way 3 kB. It keeps nothing
 * of a reply, since the next turn may be in flight for long.
 */
export async function converse(
  lane: Lane,
  conversation: number,
  script: ConversationScript,
  first: Beginning,
): Promise<void> {
  try {
    const client = newClient(lane, conversation, script, knownId(conversation, lane.pool));
    if (isLost(client)) return writeEnd(client, 'undiscovered');
    const most = mostTurns(conversation, script.turns.length);
    let { at } = first;
    for (let turn = first.turn; turn < most; turn++) {
      const scripted = script.turns[turn] as ScriptedTurn;
      if (client.settledAt !== undefined) {
        if (client.interactionId === undefined) await identify(client);
        if (client.interactionId === undefined) return writeEnd(client, isLate(lane) ? 'drained' : 'undiscovered');
        // Looking for the id is the harness's own work: where it outlasts the pause, the turn is due when that is done.
        const now = Date.now();
        at = Math.max(now, dueAt(client, scripted, client.settledAt));
        if (at >= lane.drainAt) return writeEnd(client, 'drained');
        if (at > now) await sleepUntil(at);
      }
      const wait = lane.room.enter();
      if (wait !== undefined) await wait;
      const bar = barOf(lane, wait !== undefined);
      if (bar !== undefined) return writeEnd(client, bar);
      const underWay = speak(client, turn, scripted, at);
      let reply: Reply<string>;
      try {
        reply = await underWay.reply;
      } catch (error) {
        reply = unanswered(error, underWay.line.sentAt);
      }
      const end = endAfter(client, settleTurn(lane, underWay, reply));
      if (end !== undefined) return writeEnd(client, end);
    }
    writeEnd(client, most < script.turns.length ? 'budget' : 'completed');
  } catch (error) {
    // An uncaught rejection would end the lane without a word, and k6 would exit 0.
    record({ kind: 'fault', lane: lane.number, at: Date.now(), conversation, message: String(error) });
  } finally {
    lane.underWay.leave();
  }
}

/** Notes a turn that is settled; why the conversation ends with it, if it does. */
function endAfter(client: Client, { settlement, judgement, abandoned }: SettledTurn): End | undefined {
  const { outcome, status, bytes, settledAt } = settlement;
  client.lane.room.leave(outcome === 'answered' ? bytes : undefined);
  client.settledAt = settledAt;
  if (client.interactionId === undefined) client.event = firstEventOf(judgement.events);
  if (abandoned) return 'abandoned';
  return outcome !== 'answered' || status !== 200 ? 'failed' : undefined;
}

/** Finds the id of the client's conversation, by the first answer in it. */
async function identify(client: Client): Promise<void> {
  const { lane, event, conversation } = client;
  client.event = undefined;
  if (event !== undefined) client.interactionId = await lane.discover(event, conversation);
}

/** When the pause before the next turn ends. */
function dueAt(client: Client, { thinkMs: scripted }: ScriptedTurn, settledAt: number): number {
  if (scripted !== undefined) return settledAt + scripted;
  client.draw ??= random(settings.seed, client.conversation);
  return settledAt + thinkMs(settings.thinkTime, client.draw);
}

/** Whether its conversation should have been prepared, but could not be. */
const isLost = ({ interactionId }: Client): boolean =>
  settings.continuation.strategy === 'pool' && interactionId === undefined;

const isLate = ({ drainAt }: Lane): boolean => Date.now() >= drainAt;

function writeEnd({ lane, conversation, script, interactionId, turnsSent }: Client, outcome: End): void {
  const line: ConversationEnd = {
    kind: 'conversation',
    conversation,
    lane: lane.number,
    at: Date.now(),
    template: script.id,
    outcome,
    turnsPlanned: script.turns.length,
    turnsSent,
  };
  if (interactionId !== undefined) line.interactionId = interactionId;
  recordEnd(line);
}

/** Why a turn that has its place in the lane may not be sent after all; it gives the place back. */
function barOf(lane: Lane, hasWaited: boolean): End | undefined {
  const isTooLate = hasWaited && isLate(lane);
  if (!isTooLate && !lane.breaker.isOpen()) return undefined;
  lane.room.leave(undefined);
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
