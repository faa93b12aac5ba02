import { CookieJar } from 'k6/http';
import { withCustomer } from '../../contracts/customer.ts';
import type { ConversationScript, ScriptedTurn } from '../../contracts/generated/workload.ts';
import { type Random, random } from '../../contracts/random.ts';
import { referenceTexts, runHash, withReferenceText } from '../../contracts/reference.ts';
import { thinkMs } from '../../contracts/think-time.ts';
import { sleepUntil } from './clock.ts';
import type { Lane } from './lane-state.ts';
import { settings } from './plan.ts';
import type { SettledTurn } from './turn.ts';
import type { TurnRequest } from './turn-request.ts';

/** Tells the draws of a customer's patience apart from those of the pauses. */
const PATIENCE_STREAM = 0x70;
/** The API's reference says to retry a 500 once; not at once, so that what failed has a moment. */
const RETRY_PAUSE_MS = 1_000;
const RUN = runHash(settings.runId);

/** One customer's client: it has its own cookies and its own patience, and knows which conversation it is in. */
export interface Client {
  interactionId: string | undefined;
  /** Attempts so far. */
  turnsSent: number;
  /** Sends a scripted turn, once more where the plan says so; the last attempt is what became of it. */
  readonly speak: (turn: number, scripted: ScriptedTurn, intendedAt: number) => Promise<SettledTurn>;
}

export function newClient(
  lane: Lane,
  conversation: number,
  script: ConversationScript,
  interactionId: string | undefined,
): Client {
  const jar = new CookieJar();
  const patience = patienceOf(conversation);
  const metadata = metadataOf(script, conversation);
  const referenceOf = settings.references === true ? referenceTexts(RUN, conversation) : undefined;
  const attempt = (turn: number, attempt: number, at: number, request: TurnRequest, patienceMs?: number) => {
    client.turnsSent += 1;
    const key = { conversation, turn, attempt, lane: lane.number, intendedAt: at };
    return lane.send(patienceMs === undefined ? key : { ...key, patienceMs }, request, jar);
  };
  const client: Client = {
    interactionId,
    turnsSent: 0,
    speak: (turn, scripted, intendedAt) => {
      const { role = 'user', content } = scripted;
      const request: TurnRequest = {
        role,
        content: referenceOf === undefined ? content : withReferenceText(content, referenceOf(turn)),
        metadata: metadata(scripted),
        interactionId: client.interactionId,
        reference: referenceOf === undefined ? undefined : { run: RUN, conversation, turn },
      };
      const patienceMs = patience();
      const first = attempt(turn, 0, intendedAt, request, patienceMs);
      if (settings.retryOnce !== true) return first;
      return first.then(async (settled) => {
        if (settled.status !== 500 || lane.breaker.isOpen()) return settled;
        const retryAt = settled.settledAt + RETRY_PAUSE_MS;
        await sleepUntil(retryAt);
        return attempt(turn, 1, retryAt, request, patienceMs);
      });
    },
  };
  return client;
}

/** Draws how long the customer waits for the next answer, in ms; undefined where the timeout comes first. */
function patienceOf(conversation: number): () => number | undefined {
  const { patience, seed, timeoutMs } = settings;
  if (patience === undefined) return () => undefined;
  const draw: Random = random(seed, conversation, PATIENCE_STREAM);
  return () => {
    const ms = Math.max(1, Math.round(thinkMs(patience, draw)));
    return ms < timeoutMs ? ms : undefined;
  };
}

/** The metadata of a conversation's turns, as JSON; the mark in it tells test conversations from real ones. */
function metadataOf(script: ConversationScript, conversation: number): (turn: ScriptedTurn) => string {
  const { runId, customerEmail } = settings;
  const text = (metadata: ScriptedTurn['metadata']): string => {
    const said = withCustomer({ ...script.metadata, ...metadata }, customerEmail, { runId, conversation });
    return JSON.stringify({ ...said, fini_harness: { run: runId, conversation } });
  };
  let common: string | undefined;
  return ({ metadata }) => {
    if (metadata !== undefined) return text(metadata);
    common ??= text(undefined);
    return common;
  };
}
