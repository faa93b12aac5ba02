import { type Answer, jsonAnswer } from './answer.ts';
import { ApiError } from './api-error.ts';
import { type Conversation, publicConversation } from './conversation.ts';
import { listConversations } from './listing.ts';
import type { OperatedExchange } from './operated-exchange.ts';
import type { Service } from './service.ts';
import { isRecord } from './turn-request.ts';

const BULK_LIMIT = 50;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** List agents: the workspace's bots, newest first. */
export function listAgents(service: Service, exchange: OperatedExchange): Answer {
  const { caller } = exchange;
  const bots = [...service.tenancy.bots.values()].filter(({ workspace }) => workspace === caller.workspace);
  bots.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return jsonAnswer(bots.map(({ id, name, createdAt }) => ({ id, name, createdAt })));
}

export function list(service: Service, exchange: OperatedExchange, query: Readonly<Record<string, unknown>>): Answer {
  const workspace = exchange.lifts('list-foreign-conversations') ? undefined : exchange.caller.workspace;
  return jsonAnswer(listConversations(service.store, workspace, query, (policy) => exchange.lifts(policy)));
}

export function getConversation(service: Service, exchange: OperatedExchange, id: string): Answer {
  return jsonAnswer(publicConversation(load(service, exchange, id)));
}

/** Delete answers the same, whether there was anything to delete. */
export function deleteConversation(service: Service, exchange: OperatedExchange, id: string): Answer {
  const conversation = accessible(service, exchange, id);
  if (conversation !== undefined) remove(service, exchange, conversation);
  return jsonAnswer({ success: true });
}

/** Bulk delete, which is not atomic: where one cannot be found, the others are gone all the same. */
export function deleteConversations(service: Service, exchange: OperatedExchange, body: unknown): Answer {
  const ids = isRecord(body) ? body.ids : undefined;
  if (!Array.isArray(ids) || !ids.every((id): id is string => typeof id === 'string' && UUID.test(id))) {
    throw new ApiError(400, 'ids must be an array of UUIDs');
  }
  if (ids.length === 0 || ids.length > BULK_LIMIT) throw new ApiError(400, `ids must hold 1 to ${BULK_LIMIT} ids`);
  if (new Set(ids).size < ids.length) throw new ApiError(400, 'ids must be unique');
  const found = ids.flatMap((id) => accessible(service, exchange, id) ?? []);
  for (const conversation of found) remove(service, exchange, conversation);
  if (found.length === ids.length) return jsonAnswer({ success: true });
  exchange.kinds.add('N6').add('N*');
  throw new ApiError(406, 'Some conversations are not accessible');
}

/** A conversation of the caller's workspace; an unknown id and another workspace's look the same. */
function load(service: Service, exchange: OperatedExchange, id: string): Conversation {
  const conversation = accessible(service, exchange, id);
  if (conversation !== undefined) return conversation;
  exchange.kinds.add(service.store.get(id) === undefined ? 'N6' : 'A7').add('N*');
  throw new ApiError(500, 'Failed to load conversation');
}

function accessible(service: Service, exchange: OperatedExchange, id: string): Conversation | undefined {
  // Also asked where nothing has this id: a bad key is refused all the same.
  const { workspace } = exchange.caller;
  const conversation = service.store.get(id);
  if (conversation === undefined || conversation.workspace === workspace) return conversation;
  return exchange.lifts('accept-foreign-conversation') ? conversation : undefined;
}

function remove(service: Service, exchange: OperatedExchange, conversation: Conversation): void {
  if (exchange.lifts('keep-deleted')) return;
  if (exchange.lifts('delete-neighbour')) {
    const { latestAt: at, order } = conversation;
    const before = service.store.timeline.descending(0, at, { at, order }).next().value;
    if (before !== undefined) service.store.remove(before);
  }
  service.store.remove(conversation);
}
