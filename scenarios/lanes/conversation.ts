import { CookieJar } from 'k6/http';
import type { ConversationEnd } from '../../contracts/generated/ledger.ts';
import type { ConversationScript, ScriptedTurn } from '../../contracts/generated/workload.ts';
import { type Random, random } from '../../contracts/random.ts';
import { thinkMs } from '../../contracts/think-time.ts';
import { sleepUntil } from './clock.ts';
import type { Lane } from './lane-state.ts';
import { record } from './ledger.ts';
import { settings } from './plan.ts';
import type { SettledTurn, TurnRequest } from './turn.ts';

/** Why a conversation ended. */
type End = ConversationEnd['outcome'];

interface Progress {
  interactionId: string | undefined;
  turnsSent: number;
}

/** Holds one conversation from its first turn to its end, and writes its end to the ledger. */
export async function converse(
  lane: Lane,
  conversation: number,
  script: ConversationScript,
  intendedAt: number,
): Promise<void> {
  const progress: Progress = { interactionId: fixedId(conversation), turnsSent: 0 };
  const outcome = await takeTurns(lane, conversation, script, intendedAt, progress);
  const { interactionId, turnsSent } = progress;
  record({
    kind: 'conversation',
    conversation,
    lane: lane.number,
    at: Date.now(),
    template: script.id,
    outcome,
    turnsPlanned: script.turns.length,
    turnsSent,
    ...(interactionId === undefined ? {} : { interactionId }),
  });
}

/** Takes its turns one after the other; says why it stopped. */
async function takeTurns(
  lane: Lane,
  conversation: number,
  script: ConversationScript,
  firstAt: number,
  progress: Progress,
): Promise<End> {
  const turns = script.turns.slice(0, mostTurns(conversation));
  const draw = random(settings.seed, conversation);
  const jar = new CookieJar();
  let previous: SettledTurn | undefined;
  for (const [turn, scripted] of turns.entries()) {
    if (previous !== undefined) {
      progress.interactionId ??= await findId(lane, conversation, previous);
      if (progress.interactionId === undefined) return 'undiscovered';
    }
    // Looking for the id is the harness's own work: where it outlasts the pause, the turn is due when it is done.
    const intendedAt =
      previous === undefined ? firstAt : Math.max(Date.now(), previous.settledAt + pause(scripted, draw));
    if (turn > 0 && intendedAt >= lane.drainAt) return 'drained';
    await sleepUntil(intendedAt);
    if (lane.breaker.isOpen()) return 'stopped';
    progress.turnsSent += 1;
    previous = await lane.send(
      { conversation, turn, attempt: 0, lane: lane.number, intendedAt },
      { ...request(conversation, script, scripted), interactionId: progress.interactionId },
      jar,
    );
    if (previous.outcome !== 'answered' || previous.status !== 200) return 'failed';
  }
  return turns.length < script.turns.length ? 'budget' : 'completed';
}

/** How many turns this conversation may have: one without continuation, fewer where a cap on turns ends in it. */
function mostTurns(conversation: number): number {
  const { continuation, conversations, lastTurns = Number.POSITIVE_INFINITY } = settings;
  if (continuation.strategy === 'single') return 1;
  return conversation + 1 === conversations ? lastTurns : Number.POSITIVE_INFINITY;
}

function fixedId(conversation: number): string | undefined {
  const { strategy, ids = [] } = settings.continuation;
  return strategy === 'fixed' ? ids[conversation % ids.length] : undefined;
}

async function findId(lane: Lane, conversation: number, { events }: SettledTurn): Promise<string | undefined> {
  const [first] = events;
  return first === undefined ? undefined : lane.discover(first, conversation);
}

function pause({ thinkMs: scripted }: ScriptedTurn, draw: Random): number {
  return scripted ?? thinkMs(settings.thinkTime, draw);
}

/** What a scripted turn says; the mark in its metadata tells test conversations from real ones. */
function request(
  conversation: number,
  script: ConversationScript,
  { role = 'user', content, metadata }: ScriptedTurn,
): Pick<TurnRequest, 'role' | 'content' | 'metadata'> {
  const mark = { fini_harness: { run: settings.runId, conversation } };
  return { role, content, metadata: { ...script.metadata, ...metadata, ...mark } };
}
