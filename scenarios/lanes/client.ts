import { CookieJar } from 'k6/http';
import { withCustomer } from '../../contracts/customer.ts';
import type { Sent } from '../../contracts/generated/ledger.ts';
import type { ConversationScript, ScriptedTurn } from '../../contracts/generated/workload.ts';
import { type Random, random } from '../../contracts/random.ts';
import { referenceTexts, runHash } from '../../contracts/reference.ts';
import { thinkMs } from '../../contracts/think-time.ts';
import { sleepUntil } from './clock.ts';
import type { FirstEvent } from './first-event.ts';
import type { Lane } from './lane-state.ts';
import { settings } from './plan.ts';
import { sendTurn, settleTurn, type TurnUnderWay } from './turn.ts';
import { contentOf, type TurnRequest } from './turn-request.ts';
import { type Reply, unanswered } from './unanswered.ts';

/** Tells the draws of a customer's patience apart from those of the pauses. */
const PATIENCE_STREAM = 0x70;
/** The API's reference says to retry a 500 once; not at once, so that what failed has a moment. */
const RETRY_PAUSE_MS = 1_000;
const RUN = runHash(settings.runId);
const MARK = `"fini_harness":{"run":${JSON.stringify(settings.runId)},"conversation":`;

/**
 * One customer's client: it has its own cookies and its own patience, and knows which conversation it is in. Data without
 * functions, each of which k6 would keep some 700 bytes for as long as the conversation lasts.
 */
export interface Client {
  readonly lane: Lane;
  readonly conversation: number;
  readonly script: ConversationScript;
  readonly jar: CookieJar;
  /** Draws how long it waits for an answer; undefined where it waits as long as the timeout. */
  readonly patience: Random | undefined;
  interactionId: string | undefined;
  /** Attempts so far. */
  turnsSent: number;
  /** What its contents end in, where they carry references. */
  readonly referenceOf: ((turn: number) => string) | undefined;
  /** Of turns without metadata of their own, as JSON, once one is sent. */
  metadata?: string;
  /** Draws pauses, once there is one. */
  draw?: Random;
  /** Of the latest turn, epoch ms. */
  settledAt?: number;
  /** Of the latest turn, where the conversation's id is not known. */
  event?: FirstEvent | undefined;
}

export function newClient(
  lane: Lane,
  conversation: number,
  script: ConversationScript,
  interactionId: string | undefined,
): Client {
  const patience = settings.patience && random(settings.seed, conversation, PATIENCE_STREAM);
  const jar = new CookieJar();
  const referenceOf = settings.references === true ? referenceTexts(RUN, conversation) : undefined;
  return { lane, conversation, script, jar, patience, interactionId, turnsSent: 0, referenceOf };
}

/** Sends a scripted turn, once more where the plan says so; the last attempt is what became of it. */
export function speak(client: Client, turn: number, scripted: ScriptedTurn, intendedAt: number): TurnUnderWay {
  const { role = 'user' } = scripted;
  const { conversation, interactionId, referenceOf } = client;
  const { content, contentJson } = contentOf(scripted.content, referenceOf?.(turn));
  const metadata = metadataOf(client, scripted);
  const reference = referenceOf === undefined ? undefined : { run: RUN, conversation, turn };
  const request: TurnRequest = { role, content, contentJson, metadata, interactionId, reference };
  const patienceMs = patienceOf(client.patience);
  const line = lineOf(client, role, turn, intendedAt, patienceMs);
  const first = send(client, line, request);
  if (settings.retryOnce !== true) return first;
  const whole = { ...first };
  whole.reply = lastReply(client, first, whole);
  return whole;
}

/** What the ledger has of a turn's first attempt. */
function lineOf(
  { lane, conversation, interactionId }: Client,
  role: Sent['role'],
  turn: number,
  intendedAt: number,
  patienceMs: number | undefined,
): Sent {
  const line: Sent = {
    kind: 'sent',
    conversation,
    turn,
    attempt: 0,
    lane: lane.number,
    intendedAt,
    role,
    sentAt: intendedAt,
  };
  if (patienceMs !== undefined) line.patienceMs = patienceMs;
  if (interactionId !== undefined) line.interactionId = interactionId;
  return line;
}

function send(client: Client, line: Sent, request: TurnRequest): TurnUnderWay {
  client.turnsSent += 1;
  return sendTurn(client.lane, line, request, client.jar);
}

/** The reply of a turn, and where it failed that of its second attempt, which then stands in `whole`. */
async function lastReply(client: Client, first: TurnUnderWay, whole: TurnUnderWay): Promise<Reply<string>> {
  const came = await replyOf(first);
  if (came.status !== 500) return came;
  const settled = settleTurn(client.lane, first, came);
  if (client.lane.breaker.isOpen()) {
    whole.settled = settled;
    return came;
  }
  const retryAt = settled.settlement.settledAt + RETRY_PAUSE_MS;
  await sleepUntil(retryAt);
  const second = send(client, { ...first.line, attempt: 1, intendedAt: retryAt }, first.request);
  whole.line = second.line;
  return replyOf(second);
}

/** What came, or what stands for it. */
async function replyOf({ reply, line }: TurnUnderWay): Promise<Reply<string>> {
  try {
    return await reply;
  } catch (error) {
    return unanswered(error, line.sentAt);
  }
}

/** Draws how long the customer waits for the next answer, in ms; undefined where the timeout comes first. */
function patienceOf(draw: Random | undefined): number | undefined {
  const { patience, timeoutMs } = settings;
  if (patience === undefined || draw === undefined) return undefined;
  const ms = Math.max(1, Math.round(thinkMs(patience, draw)));
  return ms < timeoutMs ? ms : undefined;
}

/** The metadata of a turn, as JSON; the mark in it tells test conversations from real ones. */
function metadataOf(client: Client, { metadata }: ScriptedTurn): string {
  if (metadata !== undefined) return metadataText(client, metadata);
  client.metadata ??= metadataText(client, undefined);
  return client.metadata;
}

function metadataText({ script, conversation }: Client, metadata: ScriptedTurn['metadata']): string {
  const { runId, customerEmail } = settings;
  if (script.metadata === undefined && metadata === undefined) return `{${MARK}${conversation}}}`;
  const said = withCustomer({ ...script.metadata, ...metadata }, customerEmail, { runId, conversation });
  return JSON.stringify({ ...said, fini_harness: { run: runId, conversation } });
}
