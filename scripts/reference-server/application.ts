import { isUtf8 } from 'node:buffer';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { ApiError } from './api-error.ts';
import { authorise } from './authorise.ts';
import { deliver, hold, refuse } from './delivery.ts';
import type { OperatedExchange } from './operated-exchange.ts';
import { ownRoutes } from './own-routes.ts';
import { type RouteEntry, routes } from './routes.ts';
import type { Service } from './service.ts';

const BODY_LIMIT = 4 * 1024 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    exchange: OperatedExchange | undefined;
  }
}

/** The HTTP side: routes, bodies and refusals. `controlToken` opens the server's own control. */
export function application(service: Service, controlToken: string): FastifyInstance {
  const app = Fastify({ bodyLimit: BODY_LIMIT, exposeHeadRoutes: false, forceCloseConnections: 'idle' });
  app.decorateRequest('exchange', undefined);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async ({ headers }: FastifyRequest, body: Buffer) =>
    parseJson(body, headers['content-type']),
  );
  const table = routes(service);
  for (const entry of table) addRoute(app, service, entry);
  ownRoutes(app, service, controlToken);
  app.setNotFoundHandler(async ({ method, url }) => {
    throw noRoute(table, method, url);
  });
  app.setErrorHandler(async (error, request, reply) => {
    const exchange = request.exchange ?? service.exchange('unknown', reply.raw);
    reply.hijack();
    refuse(service, exchange, request.is404 ? noRoute(table, request.method, request.url) : error);
  });
  return app;
}

function addRoute(
  app: FastifyInstance,
  service: Service,
  { route, method, url, scope, kind, handler }: RouteEntry,
): void {
  app.route({
    method,
    url,
    onRequest: async (request, reply) => {
      const exchange = service.exchange(route, reply.raw);
      exchange.kinds.add(kind);
      request.exchange = exchange;
      const { headers, query } = request;
      exchange.access = authorise(
        headers.authorization,
        query as Record<string, unknown>,
        scope,
        service.tenancy,
        exchange,
      );
      if (exchange.access instanceof ApiError && !exchange.lifts('validate-before-key')) throw exchange.access;
    },
    handler: async (request, reply) => {
      const { exchange } = request;
      if (exchange === undefined) throw new Error('A request without its exchange.');
      exchange.body = request.body;
      // A turn asks later, when its role is known.
      if (route !== 'generate-answer') for (const operator of exchange.hooked('before')) operator.before(exchange);
      const own = route === 'generate-answer' ? undefined : exchange.instead();
      const answer = await hold(own ?? (await handler(request, exchange)), exchange);
      reply.hijack();
      deliver(service, exchange, answer);
    },
  });
}

/** Why nothing answers to a request: 405 with the methods that there are for a known path, 404 for any other. */
function noRoute(table: readonly RouteEntry[], method: string, url: string): ApiError {
  const path = url.split('?')[0] ?? '';
  const exact = table.filter((entry) => entry.url === path);
  const here = exact.length > 0 ? exact : table.filter((entry) => pattern(entry.url).test(path));
  if (here.length === 0) return new ApiError(404, `Cannot ${method} ${path}`);
  return new ApiError(405, `Cannot ${method} here`, { allow: here.map((entry) => entry.method).join(', ') });
}

/** The paths that a route answers to. */
function pattern(url: string): RegExp {
  return new RegExp(`^${url.replace(':id', '[^/]+')}$`);
}

/** A JSON body; undefined for an empty one and for other media types, which the routes then refuse as they see fit. */
function parseJson(body: Buffer, contentType: string | undefined): unknown {
  if (body.length === 0) return undefined;
  if (contentType !== undefined && !/^application\/(.+\+)?json\b/i.test(contentType)) return undefined;
  if (!isUtf8(body)) throw malformed('Body is not UTF-8');
  try {
    return JSON.parse(body.toString());
  } catch {
    throw malformed('Body is not valid JSON');
  }
}

function malformed(message: string): Error {
  return Object.assign(new Error(message), { statusCode: 400 });
}
