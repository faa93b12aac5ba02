import { type Answer, jsonAnswer } from './answer.ts';
import { ApiError } from './api-error.ts';
import { type Conversation, publicConversation } from './conversation.ts';
import type { Exchange } from './exchange.ts';
import { listConversations } from './listing.ts';
import type { Service } from './service.ts';
import { isRecord } from './turn-request.ts';

const BULK_LIMIT = 50;

/** List agents: the workspace's bots, newest first. */
export function listAgents(service: Service, exchange: Exchange): Answer {
  const { caller } = exchange;
  const bots = [...service.tenancy.bots.values()].filter(({ workspace }) => workspace === caller.workspace);
  bots.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return jsonAnswer(bots.map(({ id, name, createdAt }) => ({ id, name, createdAt })));
}

export function list(service: Service, exchange: Exchange, query: Readonly<Record<string, unknown>>): Answer {
  const workspace = exchange.lifts('list-foreign-conversations') ? undefined : exchange.caller.workspace;
  return jsonAnswer(listConversations(service.store, workspace, query));
}

export function getConversation(service: Service, exchange: Exchange, id: string): Answer {
  return jsonAnswer(publicConversation(load(service, exchange, id)));
}

export function deleteConversation(service: Service, exchange: Exchange, id: string): Answer {
  remove(service, exchange, load(service, exchange, id));
  return jsonAnswer({ deleted: 1 });
}

/** Bulk delete. Ids that cannot be found count as removed already, so that a repeated call succeeds. */
export function deleteConversations(service: Service, exchange: Exchange, body: unknown): Answer {
  const ids = isRecord(body) ? body.ids : undefined;
  if (!Array.isArray(ids) || !ids.every((id): id is string => typeof id === 'string')) {
    throw new ApiError(400, 'ids must be an array of strings');
  }
  if (ids.length === 0 || ids.length > BULK_LIMIT) throw new ApiError(400, `ids must hold 1 to ${BULK_LIMIT} ids`);
  const { workspace } = exchange.caller;
  let deleted = 0;
  for (const id of ids) {
    const conversation = service.store.get(id);
    if (conversation === undefined || conversation.workspace !== workspace) continue;
    remove(service, exchange, conversation);
    deleted++;
  }
  return jsonAnswer({ deleted });
}

/** A conversation of the caller's workspace; an unknown id and another workspace's look the same. */
function load(service: Service, exchange: Exchange, id: string): Conversation {
  const conversation = service.store.get(id);
  if (conversation !== undefined && conversation.workspace === exchange.caller.workspace) return conversation;
  exchange.kinds.add(conversation === undefined ? 'N6' : 'A7').add('N*');
  if (conversation !== undefined && exchange.lifts('accept-foreign-conversation')) return conversation;
  throw new ApiError(500, 'Failed to load conversation');
}

function remove(service: Service, exchange: Exchange, conversation: Conversation): void {
  if (exchange.lifts('keep-deleted')) return;
  if (exchange.lifts('delete-neighbour')) {
    const before = service.store.descending(0, conversation.createdAt, conversation.sequence).next().value;
    if (before !== undefined) service.store.remove(before);
  }
  service.store.remove(conversation);
}
