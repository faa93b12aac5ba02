import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from './api-error.ts';
import { OptionsError } from './options.ts';
import type { Service } from './service.ts';
import type { TurnTruth } from './truth.ts';
import { isRecord } from './turn-request.ts';

const NDJSON = 'application/x-ndjson';
const UNREAD_LIMIT = 16 * 1024 * 1024;

/** The server's own routes, which the service that it stands for does not have: what happened, and control. */
export function ownRoutes(app: FastifyInstance, service: Service, controlToken: string): void {
  app.get('/__truth', async () => service.summary());
  app.get('/__truth.ndjson', async ({ query }, reply) => {
    if (isRecord(query) && 'follow' in query) {
      reply.hijack();
      follow(service, reply.raw);
      return;
    }
    reply.header('content-type', NDJSON);
    return Readable.from(remembered(service));
  });
  app.get('/__control', async (request) => {
    checkToken(request, controlToken);
    return service.settings;
  });
  app.put('/__control', async (request) => {
    checkToken(request, controlToken);
    control(service, request.body);
    return service.settings;
  });
}

function checkToken({ headers }: FastifyRequest, controlToken: string): void {
  if (headers.authorization !== `Bearer ${controlToken}`) throw new ApiError(401, 'Wrong control token');
}

/** `{reset: true}` forgets everything, before the other properties are set as options. */
function control(service: Service, body: unknown): void {
  if (!isRecord(body)) throw new ApiError(400, 'Body must be a JSON object');
  const { reset, ...patch } = body;
  try {
    service.configure(patch);
  } catch (error) {
    if (error instanceof OptionsError) throw new ApiError(400, error.message);
    throw error;
  }
  if (reset === true) service.reset();
}

/** Many turns a chunk: one a turn would be slow. */
const CHUNK_TURNS = 500;

function* remembered(service: Service): Generator<string> {
  const turns = service.truth.turns();
  for (let from = 0; from < turns.length; from += CHUNK_TURNS) {
    yield turns
      .slice(from, from + CHUNK_TURNS)
      .map(line)
      .join('');
  }
}

/** Sends each turn as it is settled, from now on, until the reader goes. A reader that is too slow loses the connection. */
function follow(service: Service, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': NDJSON }).flushHeaders();
  const stop = service.truth.watch((turn) => {
    response.write(line(turn));
    if (response.writableLength > UNREAD_LIMIT) response.destroy();
  });
  response.once('close', stop);
}

const line = (turn: TurnTruth): string => `${JSON.stringify(turn)}\n`;
