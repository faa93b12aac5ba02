import { CookieJar } from 'k6/http';
import type { ConversationEnd } from '../../contracts/generated/ledger.ts';
import type { ConversationScript, ScriptedTurn } from '../../contracts/generated/workload.ts';
import { type Random, random } from '../../contracts/random.ts';
import { type Reference, runHash, withReference } from '../../contracts/reference.ts';
import { thinkMs } from '../../contracts/think-time.ts';
import { sleepUntil } from './clock.ts';
import type { Lane } from './lane-state.ts';
import { record } from './ledger.ts';
import { settings } from './plan.ts';
import type { Pool } from './pool.ts';
import type { SettledTurn, TurnRequest } from './turn.ts';

/** Tells the draws of a customer's patience apart from those of the pauses. */
const PATIENCE_STREAM = 0x70;
/** The API's reference says to retry a 500 once; not at once, so that what failed has a moment. */
const RETRY_PAUSE_MS = 1_000;

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
  const progress: Progress = { interactionId: knownId(conversation, lane.pool), turnsSent: 0 };
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
  if (settings.continuation.strategy === 'pool' && progress.interactionId === undefined) return 'undiscovered';
  const turns = script.turns.slice(0, mostTurns(conversation));
  const draw = random(settings.seed, conversation);
  const speak = speaker(lane, conversation, script, progress);
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
    previous = await speak(turn, scripted, intendedAt);
    if (previous.abandoned) return 'abandoned';
    if (previous.outcome !== 'answered' || previous.status !== 200) return 'failed';
  }
  return turns.length < script.turns.length ? 'budget' : 'completed';
}

type Speak = (turn: number, scripted: ScriptedTurn, intendedAt: number) => Promise<SettledTurn>;

/** Sends the turns of one conversation, as one client: with its own cookies and its own patience. */
function speaker(lane: Lane, conversation: number, script: ConversationScript, progress: Progress): Speak {
  const jar = new CookieJar();
  const drawPatience = random(settings.seed, conversation, PATIENCE_STREAM);
  const run = runHash(settings.runId);
  return async (turn, scripted, intendedAt) => {
    const reference = settings.references === true ? { run, conversation, turn } : undefined;
    const patience = settings.patience === undefined ? undefined : thinkMs(settings.patience, drawPatience);
    const patienceMs =
      patience !== undefined && patience < settings.timeoutMs ? Math.max(1, Math.round(patience)) : undefined;
    const said = { ...request(conversation, script, scripted, reference), interactionId: progress.interactionId };
    const attempt = (attempt: number, at: number): Promise<SettledTurn> => {
      progress.turnsSent += 1;
      const key = { conversation, turn, attempt, lane: lane.number, intendedAt: at };
      return lane.send(patienceMs === undefined ? key : { ...key, patienceMs }, said, jar);
    };
    const first = await attempt(0, intendedAt);
    if (settings.retryOnce !== true || first.status !== 500 || lane.breaker.isOpen()) return first;
    const retryAt = first.settledAt + RETRY_PAUSE_MS;
    await sleepUntil(retryAt);
    return attempt(1, retryAt);
  };
}

/** How many turns this conversation may have: one without continuation, fewer where a cap on turns ends in it. */
function mostTurns(conversation: number): number {
  const { continuation, conversations, lastTurns = Number.POSITIVE_INFINITY } = settings;
  if (continuation.strategy === 'single') return 1;
  return conversation + 1 === conversations ? lastTurns : Number.POSITIVE_INFINITY;
}

/** The id of a conversation that is known before it begins. */
function knownId(conversation: number, pool: Pool): string | undefined {
  const { strategy, ids = [] } = settings.continuation;
  if (strategy === 'pool') return pool[conversation] ?? undefined;
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
  reference: Reference | undefined,
): Omit<TurnRequest, 'interactionId'> {
  const mark = { fini_harness: { run: settings.runId, conversation } };
  return {
    role,
    content: reference === undefined ? content : withReference(content, reference),
    metadata: { ...script.metadata, ...metadata, ...mark },
    reference,
  };
}
