import { CookieJar } from 'k6/http';
import { withCustomer } from '../../contracts/customer.ts';
import type { Sent } from '../../contracts/generated/ledger.ts';
import type { ConversationScript, ScriptedTurn } from '../../contracts/generated/workload.ts';
import { type Random, random } from '../../contracts/random.ts';
import { referenceTexts, runHash } from '../../contracts/reference.ts';
import { thinkMs } from '../../contracts/think-time.ts';
import { sleepUntil } from './clock.ts';
import type { Lane } from './lane-state.ts';
import { settings } from './plan.ts';
import type { TurnUnderWay } from './turn.ts';
import { contentOf, type TurnRequest } from './turn-request.ts';
import { type Reply, unanswered } from './unanswered.ts';

/** Tells the draws of a customer's patience apart from those of the pauses. */
const PATIENCE_STREAM = 0x70;
/** The API's reference says to retry a 500 once; not at once, so that what failed has a moment. */
const RETRY_PAUSE_MS = 1_000;
const RUN = runHash(settings.runId);
const MARK = `"fini_harness":{"run":${JSON.stringify(settings.runId)},"conversation":`;

/** One customer's client: it has its own cookies and its own patience, and knows which conversation it is in. */
export interface Client {
  interactionId: string | undefined;
  /** Attempts so far. */
  turnsSent: number;
  /** Sends a scripted turn, once more where the plan says so; the last attempt is what became of it. */
  readonly speak: (turn: number, scripted: ScriptedTurn, intendedAt: number) => TurnUnderWay;
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
  const attempt = (turn: number, attempt: number, intendedAt: number, request: TurnRequest, patienceMs?: number) => {
    client.turnsSent += 1;
    const { role, interactionId } = request;
    const line: Sent = {
      kind: 'sent',
      conversation,
      turn,
      attempt,
      lane: lane.number,
      intendedAt,
      role,
      sentAt: intendedAt,
    };
    if (patienceMs !== undefined) line.patienceMs = patienceMs;
    if (interactionId !== undefined) line.interactionId = interactionId;
    return lane.send(line, request, jar);
  };
  const client: Client = {
    interactionId,
    turnsSent: 0,
    speak: (turn, scripted, intendedAt) => {
      const { role = 'user' } = scripted;
      const { content, contentJson } = contentOf(scripted.content, referenceOf?.(turn));
      const request: TurnRequest = {
        role,
        content,
        contentJson,
        metadata: metadata(scripted),
        interactionId: client.interactionId,
        reference: referenceOf === undefined ? undefined : { run: RUN, conversation, turn },
      };
      const patienceMs = patience();
      const first = attempt(turn, 0, intendedAt, request, patienceMs);
      if (settings.retryOnce !== true) return first;
      return retried(first, lane, (retryAt) => attempt(turn, 1, retryAt, request, patienceMs));
    },
  };
  return client;
}

/** The turn, and where it failed its second attempt, as one: the attempt that counts is settled when its reply has come. */
function retried(first: TurnUnderWay, { breaker }: Lane, again: (retryAt: number) => TurnUnderWay): TurnUnderWay {
  let { settle } = first;
  const reply = async (): Promise<Reply<string>> => {
    const came = await first.reply.catch((error) => unanswered(error, first.sentAt));
    if (came.status !== 500) return came;
    const settled = first.settle(came);
    if (breaker.isOpen()) {
      settle = () => settled;
      return came;
    }
    const retryAt = settled.line.settledAt + RETRY_PAUSE_MS;
    await sleepUntil(retryAt);
    const second = again(retryAt);
    settle = second.settle;
    return second.reply.catch((error) => unanswered(error, second.sentAt));
  };
  return { sentAt: first.sentAt, reply: reply(), settle: (came) => settle(came) };
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
    if (script.metadata === undefined && metadata === undefined) return `{${MARK}${conversation}}}`;
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
