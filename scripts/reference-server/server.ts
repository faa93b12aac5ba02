import { isUtf8 } from 'node:buffer';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { type Answer, jsonAnswer, send, serialise } from './answer.ts';
import { ApiError, envelope } from './api-error.ts';
import { authorise } from './authorise.ts';
import type { Exchange } from './exchange.ts';
import { type ReferenceServerOptions, settings } from './options.ts';
import { type RouteEntry, routes } from './routes.ts';
import { Service } from './service.ts';
import type { TruthSummary, TurnTruth } from './truth.ts';
import { truthRoutes } from './truth-routes.ts';
import type { Keys } from './workspace.ts';

const HOST = '127.0.0.1';
const BODY_LIMIT = 4 * 1024 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange | undefined;
  }
}

/** A running reference server. */
export interface ReferenceServer {
  readonly url: string;
  readonly port: number;
  /** The main workspace's agent. */
  readonly botId: string;
  /** An agent of the same workspace whose events carry tags. */
  readonly taggedBotId: string;
  /** An agent of the workspace that `keys.foreign` belongs to. */
  readonly foreignBotId: string;
  readonly keys: Keys;
  /** Counts since the start. */
  truth(): TruthSummary;
  /** The turns that are remembered, in the order of receipt; open ones have no `answeredAt`. */
  turns(): readonly TurnTruth[];
  /** Stops listening, lets open turns finish for `graceMs` (default 1,000), then breaks what is left. */
  close(graceMs?: number): Promise<void>;
}

/** Starts the server on a loopback port; rejects with an OptionsError for wrong options, or when the port is taken. */
export async function startReferenceServer(options: ReferenceServerOptions = {}): Promise<ReferenceServer> {
  const service = new Service(settings(options));
  const app = application(service);
  await app.listen({ host: HOST, port: service.settings.port, backlog: 4_096 });
  const { port } = app.server.address() as AddressInfo;
  const { botId, taggedBotId, foreignBotId, keys } = service.tenancy;
  return {
    url: `http://${HOST}:${port}`,
    port,
    botId,
    taggedBotId,
    foreignBotId,
    keys,
    truth: () => service.truth.summary(),
    turns: () => service.truth.turns(),
    close: async (graceMs = 1_000) => {
      const force = setTimeout(() => app.server.closeAllConnections(), graceMs);
      await app.close();
      clearTimeout(force);
      service.close();
    },
  };
}

function application(service: Service): FastifyInstance {
  const app = Fastify({ bodyLimit: BODY_LIMIT, exposeHeadRoutes: false, forceCloseConnections: 'idle' });
  app.decorateRequest('exchange', undefined);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer' },
    async (request: { headers: Record<string, unknown> }, body: Buffer) =>
      parseJson(body, request.headers['content-type']),
  );
  for (const entry of routes(service)) addRoute(app, service, entry);
  truthRoutes(app, service);
  app.setNotFoundHandler(async (request, reply) => {
    const exchange = service.exchange('unknown');
    finish(service, exchange, reply, refusal(new ApiError(404, `Cannot ${request.method} ${request.url}`), exchange));
  });
  app.setErrorHandler(async (error, request, reply) => {
    const exchange = request.exchange ?? service.exchange('unknown');
    finish(service, exchange, reply, refusal(error, exchange));
  });
  return app;
}

function addRoute(app: FastifyInstance, service: Service, { route, method, url, scope, handler }: RouteEntry): void {
  app.route({
    method,
    url,
    onRequest: async (request) => {
      const exchange = service.exchange(route);
      request.exchange = exchange;
      if (route === 'generate-answer') exchange.truth = service.truth.open();
      exchange.access = authorise(request.headers.authorization, scope, service.tenancy, exchange);
      void exchange.caller;
    },
    handler: async (request, reply) => {
      const { exchange } = request;
      if (exchange === undefined) throw new Error('A request without its exchange.');
      finish(service, exchange, reply, await handler(request, exchange));
    },
  });
}

/** Sends an answer, and writes down that it was sent. */
function finish(service: Service, exchange: Exchange, reply: FastifyReply, answer: Answer): void {
  const { truth } = exchange;
  reply.hijack();
  const operators = exchange.hooked('answer');
  if (operators.length > 0) answer.body = structuredClone(answer.body);
  for (const operator of operators) operator.answer(answer, exchange);
  const body = serialise(answer);
  send(reply.raw, answer, body);
  service.truth.countRequest(exchange.route, answer.status);
  if (truth === undefined) return;
  truth.status = answer.status;
  truth.bytes = body.length;
  truth.abandoned = reply.raw.destroyed;
  service.truth.settle(truth);
}

/** The answer to a request that something threw for. */
function refusal(error: unknown, exchange: Exchange): Answer {
  if (error instanceof ApiError) {
    const answer = jsonAnswer(envelope(error.status, error.message), error.status);
    Object.assign(answer.headers, error.headers);
    return answer;
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status === 400) exchange.kinds.add('N7').add('N*');
  return jsonAnswer(
    envelope(status, status < 500 && error instanceof Error ? error.message : 'Internal error'),
    status,
  );
}

/** A JSON body; undefined for an empty one and for other media types, which the routes then refuse as they see fit. */
function parseJson(body: Buffer, contentType: unknown): unknown {
  if (body.length === 0) return undefined;
  if (typeof contentType === 'string' && !/^application\/(.+\+)?json\b/i.test(contentType)) return undefined;
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
