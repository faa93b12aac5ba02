import { hash } from 'node:crypto';
import { type Answer, jsonAnswer } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Conversation } from './conversation.ts';
import { type PublicEvent, publicEvent } from './event.ts';
import type { Exchange } from './exchange.ts';
import { claimParked } from './operators/drifts/swap.ts';
import { type Random, random, STREAM, uuid } from './random.ts';
import { reply } from './reply.ts';
import type { Service } from './service.ts';
import type { Store } from './store.ts';
import type { TurnTruth } from './truth.ts';
import { isRecord, type TurnRequest, turnRequest } from './turn-request.ts';
import type { ApiKey, Bot } from './workspace.ts';

/** One POST to Generate Answer, after its caller has been checked. */
interface Turn {
  readonly request: TurnRequest;
  readonly caller: ApiKey;
  readonly exchange: Exchange;
  readonly truth: TurnTruth;
  readonly ids: Random;
}

/** Stores the event and, for a user turn, the AI's reply to it; answers with what it created. */
export async function generateAnswer(service: Service, exchange: Exchange, body: unknown): Promise<Answer> {
  const request = turnRequest(body, exchange);
  const { caller, truth } = exchange;
  if (truth === undefined) throw new Error('A turn without its truth.');
  describe(request, exchange);
  exchange.role = request.role;
  Object.assign(truth, {
    role: request.role,
    contentChars: request.content.length,
    contentHash: hash('sha256', request.content, 'buffer').toString('hex', 0, 8),
  });
  const ids = random(service.settings.seed, STREAM.ids, truth.turn);
  const turn: Turn = { request, caller, exchange, truth, ids };
  service.pace.admit(truth.receivedAt);
  for (const operator of exchange.hooked('before')) operator.before(exchange);
  await service.pace.awake();
  const conversation = resolve(service, turn);
  const incoming = publicEvent(uuid(ids), Math.floor(truth.receivedAt), request.role, request.content);
  mergeMetadata(service.store, conversation, turn);
  persist(service, conversation, [incoming], incoming.createdAt, turn);
  if (request.role !== 'user') return jsonAnswer([incoming]);
  const answered = await answer(service, conversation, incoming, turn);
  return exchangeHeld(jsonAnswer([incoming, answered]), exchange);
}

/** Gives an answer to the operators that may keep it back. */
async function exchangeHeld(answer: Answer, exchange: Exchange): Promise<Answer> {
  let sent = claimParked(answer, exchange);
  for (const operator of exchange.fitting('held')) sent = await operator.held(sent, exchange);
  return sent;
}

/** Names the kinds of turn that this is. */
function describe({ content, role, interactionId, metadata }: TurnRequest, { kinds }: Exchange): void {
  kinds.add('TURN').add(role === 'user' ? 'U' : 'R');
  if (role === 'user') kinds.add(interactionId === undefined ? 'START' : 'C');
  if (metadata !== undefined) kinds.add('M');
  if (content.trim() !== content) kinds.add('W');
  if (content.length >= 1_000) kinds.add('X');
  if (/[<>&]/.test(content)) kinds.add('H');
  if (/[^ -~\s]/.test(content)) kinds.add('N');
}

/** The conversation that a turn continues, or a new one. */
function resolve(service: Service, turn: Turn): Conversation {
  const { request, exchange, truth, ids } = turn;
  const { interactionId } = request;
  const continued = interactionId === undefined ? ofCustomer(service, turn) : load(service, turn, interactionId);
  const anew = interactionId !== undefined && exchange.lifts('start-anew');
  const conversation =
    continued !== undefined && !anew
      ? continued
      : service.store.create(uuid(ids), agent(service, turn, continued?.botId), Math.floor(truth.receivedAt));
  truth.created = conversation !== continued;
  truth.interactionId = conversation.id;
  exchange.conversation = conversation;
  return conversation;
}

/** Where the server resolves: the conversation that the same customer had with the agent a short while ago. */
function ofCustomer(service: Service, turn: Turn): Conversation | undefined {
  const { resolve: resolving } = service.settings;
  const { request, exchange, truth } = turn;
  const attributes = request.metadata?.user_attributes;
  const email = isRecord(attributes) ? attributes.email : undefined;
  if (resolving === undefined || typeof email !== 'string') return undefined;
  const found = service.store.ofCustomer(agent(service, turn).id, email);
  if (found === undefined || truth.receivedAt - found.latestAt > resolving.withinMs) return undefined;
  if (exchange.kinds.delete('START')) exchange.kinds.add('C');
  return found;
}

function load(service: Service, { caller, exchange }: Turn, id: string): Conversation {
  const found = service.store.get(id);
  if (found !== undefined && found.workspace === caller.workspace) return found;
  exchange.kinds.add(found === undefined ? 'N6' : 'A7').add('N*');
  if (found !== undefined && exchange.lifts('accept-foreign-conversation')) return found;
  throw new ApiError(500, 'Failed to load conversation');
}

function agent(service: Service, { caller, exchange, request }: Turn, botId = request.botId ?? ''): Bot {
  const { bots, botId: first } = service.tenancy;
  const bot = bots.get(botId);
  if (bot !== undefined && bot.workspace === caller.workspace) return bot;
  exchange.kinds.add(bot === undefined ? 'N5' : 'A7').add('N*');
  if (bot !== undefined && exchange.lifts('accept-foreign-agent')) return bot;
  const standIn = bots.get(first);
  if (bot === undefined && standIn !== undefined && exchange.lifts('accept-unknown-agent')) return standIn;
  throw new ApiError(500, 'Failed to resolve bot');
}

/** Stores events of a time, as far as operators let them. */
function persist(service: Service, conversation: Conversation, events: PublicEvent[], at: number, turn: Turn): void {
  const { exchange, truth } = turn;
  const tags = service.tenancy.bots.get(conversation.botId)?.tags ?? [];
  for (const event of events) event.tags = [...tags];
  if (tags.length > 0) exchange.kinds.add('T');
  for (const operator of exchange.hooked('stored')) operator.stored(events, exchange);
  if (events[0]?.role === 'finibot' && exchange.role === 'user' && exchange.lifts('reply-first')) {
    conversation.events.splice(-1, 0, ...events);
  } else {
    conversation.events.push(...events);
  }
  for (const event of events) truth.eventIds.push(event.id);
  if (events.length > 0) service.store.timeline.place(conversation, Math.max(at, conversation.latestAt));
}

/** Merges a turn's metadata into its conversation, as far as the listing shows it. */
function mergeMetadata(store: Store, conversation: Conversation, { request, exchange }: Turn): void {
  if (request.metadata === undefined || exchange.lifts('forget-metadata')) return;
  const { user_attributes: attributes, channel } = request.metadata;
  if (isRecord(attributes)) store.setAttributes(conversation, { ...conversation.userAttributes, ...attributes });
  if (typeof channel === 'string') conversation.channel = channel;
}

/** Generates the AI's reply, and stores it. */
async function answer(
  service: Service,
  conversation: Conversation,
  incoming: PublicEvent,
  turn: Turn,
): Promise<PublicEvent> {
  const { exchange, truth, request, ids } = turn;
  const id = uuid(ids);
  const served = await service.pace.generate(truth.turn, (workMs) =>
    exchange.hooked('service').reduce((changed, operator) => operator.service(changed, exchange), workMs),
  );
  if (served === undefined) throw new ApiError(503, 'Too many requests are waiting');
  truth.beganAt = served.beganAt;
  truth.endedAt = served.endedAt;
  truth.waitingMs = served.beganAt - served.queuedAt;
  truth.serviceMs = served.endedAt - served.beganAt;
  if (conversation.deleted) throw new ApiError(500, 'Failed to load conversation');
  const { message, usedArticles } = reply(request.content, random(service.settings.seed, STREAM.reply, truth.turn));
  const event = publicEvent(id, Math.floor(served.endedAt), 'finibot', message);
  event.usedArticles = [...usedArticles];
  for (const operator of exchange.hooked('generated')) operator.generated(event, incoming, exchange);
  if (event.usedArticles.length > 0) exchange.kinds.add('K');
  persist(service, conversation, [event], Math.floor(served.endedAt), turn);
  return event;
}
