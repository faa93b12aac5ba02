import { ApiError } from './api-error.ts';
import type { Conversation } from './conversation.ts';
import type { OperatedExchange } from './operated-exchange.ts';
import { countedId } from './operators/drifts/identity.ts';
import { type Random, uuid } from './random.ts';
import type { Service } from './service.ts';
import type { TurnTruth } from './truth.ts';
import { isRecord, type TurnRequest } from './turn-request.ts';
import type { ApiKey, Bot } from './workspace.ts';

/** One POST to Generate Answer, after its caller has been checked. */
export interface Turn {
  readonly request: TurnRequest;
  readonly caller: ApiKey;
  readonly exchange: OperatedExchange;
  readonly truth: TurnTruth;
  readonly ids: Random;
}

/** The conversation that a turn continues, or a new one. */
export function conversationOf(service: Service, turn: Turn): Conversation {
  const { request, exchange, truth } = turn;
  const { interactionId } = request;
  const continued = interactionId === undefined ? ofCustomer(service, turn) : load(service, turn, interactionId);
  const anew = interactionId !== undefined && exchange.lifts('start-anew');
  const conversation =
    continued !== undefined && !anew
      ? continued
      : service.store.create(
          newId(service, turn),
          agent(service, turn, continued?.botId),
          Math.floor(truth.receivedAt),
        );
  truth.created = conversation !== continued;
  truth.interactionId = conversation.id;
  exchange.conversation = conversation;
  return conversation;
}

function newId({ memory }: Service, { exchange, ids }: Turn): string {
  const id = uuid(ids);
  return exchange.lifts('count-conversations') ? countedId(memory, 'conversations') : id;
}

/** Where the server resolves: the conversation that the same customer had with the agent a short while ago. */
function ofCustomer(service: Service, turn: Turn): Conversation | undefined {
  const { resolve: resolving } = service.settings;
  const { request, exchange, truth } = turn;
  const { id: botId } = agent(service, turn);
  if (exchange.lifts('resume-latest')) return service.store.latestOf(botId);
  const attributes = request.metadata?.user_attributes;
  const email = isRecord(attributes) ? attributes.email : undefined;
  if (resolving === undefined || typeof email !== 'string') return undefined;
  const found = service.store.ofCustomer(botId, email);
  if (found === undefined || truth.receivedAt - found.latestAt > resolving.withinMs) return undefined;
  if (exchange.kinds.delete('START')) exchange.kinds.add('C');
  return found;
}

function load(service: Service, { caller, exchange }: Turn, id: string): Conversation {
  const deleted = service.store.deleted(id);
  const found = deleted !== undefined && exchange.lifts('continue-deleted') ? deleted : service.store.get(id);
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
