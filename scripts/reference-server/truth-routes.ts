import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Service } from './service.ts';

/** The server's own routes, which the service that it stands for does not have: what happened, as it knows it. */
export function truthRoutes(app: FastifyInstance, service: Service): void {
  app.get('/__truth', async () => service.truth.summary());
  app.get('/__truth.ndjson', async (_, reply) => {
    reply.header('content-type', 'application/x-ndjson');
    return Readable.from(lines(service));
  });
}

/** Many turns a chunk: one a turn would be slow. */
const CHUNK_TURNS = 500;

function* lines(service: Service): Generator<string> {
  const turns = service.truth.turns();
  for (let from = 0; from < turns.length; from += CHUNK_TURNS) {
    const chunk = turns.slice(from, from + CHUNK_TURNS);
    yield `${chunk.map((turn) => JSON.stringify(turn)).join('\n')}\n`;
  }
}
