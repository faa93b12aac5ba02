import type { FastifyRequest } from 'fastify';
import type { Answer } from './answer.ts';
import type { Route } from './exchange.ts';
import { generateAnswer } from './generate-answer.ts';
import type { OperatedExchange } from './operated-exchange.ts';
import type { Kind } from './operators/kind.ts';
import type { Service } from './service.ts';
import { deleteConversation, deleteConversations, getConversation, list, listAgents } from './siblings.ts';
import type { Scope } from './workspace.ts';

/** One route of the public API. */
export interface RouteEntry {
  readonly route: Route;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly scope: Scope;
  readonly kind: Kind;
  readonly handler: (request: FastifyRequest, exchange: OperatedExchange) => Answer | Promise<Answer>;
}

/** The six routes of the public API. */
export function routes(service: Service): readonly RouteEntry[] {
  const id = (request: FastifyRequest) => (request.params as { id: string }).id;
  const one = '/v2/hc-interactions/:id/public';
  const many = '/v2/hc-interactions/public';
  return [
    {
      route: 'generate-answer',
      method: 'POST',
      url: '/v2/hc-interactions/events/public',
      scope: 'write',
      kind: 'POST',
      handler: ({ body }, exchange) => generateAnswer(service, exchange, body),
    },
    {
      route: 'list-agents',
      method: 'GET',
      url: '/v2/bots/public',
      scope: 'read',
      kind: 'B',
      handler: (_, exchange) => listAgents(service, exchange),
    },
    {
      route: 'list-conversations',
      method: 'GET',
      url: many,
      scope: 'read',
      kind: 'L',
      handler: ({ query }, exchange) => list(service, exchange, query as Record<string, unknown>),
    },
    {
      route: 'get-conversation',
      method: 'GET',
      url: one,
      scope: 'read',
      kind: 'G',
      handler: (request, exchange) => getConversation(service, exchange, id(request)),
    },
    {
      route: 'delete-conversation',
      method: 'DELETE',
      url: one,
      scope: 'write',
      kind: 'D',
      handler: (request, exchange) => deleteConversation(service, exchange, id(request)),
    },
    {
      route: 'delete-conversations',
      method: 'DELETE',
      url: many,
      scope: 'write',
      kind: 'D',
      handler: ({ body }, exchange) => deleteConversations(service, exchange, body),
    },
  ];
}
