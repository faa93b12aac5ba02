import { hash } from 'node:crypto';
import { type Answer, jsonAnswer } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Conversation } from './conversation.ts';
import { type PublicEvent, publicEvent } from './event.ts';
import type { OperatedExchange } from './operated-exchange.ts';
import { random, STREAM, uuid } from './random.ts';
import { asksForCode } from './recall.ts';
import { reply } from './reply.ts';
import type { Service } from './service.ts';
import type { Store } from './store.ts';
import { conversationOf, type Turn } from './turn-conversation.ts';
import { isRecord, type TurnRequest, turnRequest } from './turn-request.ts';

/** A turn and the one before it. */
const SHORT_CONTEXT = 3;

/** Stores the event and, for a user turn, the AI's reply to it; answers with what it created. */
export async function generateAnswer(service: Service, exchange: OperatedExchange, body: unknown): Promise<Answer> {
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
  const own = exchange.instead();
  if (own !== undefined) return own;
  await service.pace.awake();
  const conversation = conversationOf(service, turn);
  const incoming = publicEvent(uuid(ids), Math.floor(truth.receivedAt), request.role, request.content);
  mergeMetadata(service.store, conversation, turn);
  persist(service, conversation, [incoming], incoming.createdAt, turn);
  if (request.role !== 'user') return jsonAnswer([incoming]);
  const answered = await answer(service, conversation, incoming, turn);
  return jsonAnswer([incoming, answered]);
}

/** Names the kinds of turn that this is. */
function describe({ content, role, interactionId, metadata }: TurnRequest, { kinds }: OperatedExchange): void {
  kinds.add('TURN').add(role === 'user' ? 'U' : 'R');
  if (role === 'user') kinds.add(interactionId === undefined ? 'START' : 'C');
  if (metadata !== undefined) kinds.add('M');
  if (content.trim() !== content) kinds.add('W');
  if (content.length >= 1_000) kinds.add('X');
  if (/[<>&]/.test(content)) kinds.add('H');
  if (/[^ -~\s]/.test(content)) kinds.add('N');
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
  if (events.length > 0 && !conversation.deleted)
    service.store.timeline.place(conversation, Math.max(at, conversation.latestAt));
}

/** Merges a turn's metadata into its conversation, as far as the listing shows it. */
function mergeMetadata(store: Store, conversation: Conversation, { request, exchange }: Turn): void {
  if (request.metadata === undefined || exchange.lifts('forget-metadata')) return;
  const { user_attributes: attributes, channel } = request.metadata;
  if (isRecord(attributes)) store.setAttributes(conversation, { ...conversation.userAttributes, ...attributes });
  if (typeof channel === 'string') conversation.channel = channel;
}

/** What the AI knows of a conversation; operators can make it forget, which shows where something is asked for. */
function context({ events }: Conversation, { exchange, request }: Turn): readonly PublicEvent[] {
  if (!asksForCode(request.content)) return events;
  if (exchange.lifts('forget-context')) return [];
  return exchange.lifts('short-context') ? events.slice(-SHORT_CONTEXT) : events;
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
  if (conversation.deleted && !exchange.lifts('continue-deleted')) {
    throw new ApiError(500, 'Failed to load conversation');
  }
  const draws = random(service.settings.seed, STREAM.reply, truth.turn);
  const { message, usedArticles } = reply(request.content, context(conversation, turn), draws);
  const event = publicEvent(id, Math.floor(served.endedAt), 'finibot', message);
  event.usedArticles = [...usedArticles];
  for (const operator of exchange.hooked('generated')) operator.generated(event, incoming, exchange);
  if (event.usedArticles.length > 0) exchange.kinds.add('K');
  persist(service, conversation, [event], Math.floor(served.endedAt), turn);
  return event;
}
