import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { application } from './application.ts';
import { fillHistory, type PastConversation } from './history.ts';
import type { ReferenceServerOptions } from './options.ts';
import { random, STREAM, uuid } from './random.ts';
import { Service } from './service.ts';
import type { TruthSummary, TurnTruth } from './truth.ts';
import type { Keys } from './workspace.ts';

const HOST = '127.0.0.1';
const BACKLOG = 4_096;

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
  /** Opens `PUT /__control`. */
  readonly controlToken: string;
  /** Counts since the start or the last reset. */
  truth(): TruthSummary;
  /** The turns that are remembered, in the order of receipt; open ones have no `answeredAt`. */
  turns(): readonly TurnTruth[];
  /** Changes options while it runs; null takes one back to its default. Throws an OptionsError and changes nothing when one is wrong. */
  configure(patch: { readonly [Name in keyof ReferenceServerOptions]?: ReferenceServerOptions[Name] | null }): void;
  /** Stores conversations of the past, as the main agent's. */
  fill(history: Iterable<PastConversation>): void;
  /** Forgets conversations and truth, and draws the same numbers again; open turns lose their connections. */
  reset(): void;
  /** Stops listening, lets open turns finish for `graceMs` (default 1,000), then breaks what is left. */
  close(graceMs?: number): Promise<void>;
}

/** Starts the server on a loopback port; rejects with an OptionsError for wrong options, or when the port is taken. */
export async function startReferenceServer(options: ReferenceServerOptions = {}): Promise<ReferenceServer> {
  let port = 0;
  let comeback: NodeJS.Timeout | undefined;
  const service = new Service(options, (downMs) => {
    app.server.close();
    app.server.closeAllConnections();
    comeback = setTimeout(() => app.server.listen({ host: HOST, port, backlog: BACKLOG }), downMs);
  });
  const controlToken = `control_${uuid(random(service.seed, STREAM.workspace, 1))}`;
  const app = application(service, controlToken);
  await app.listen({ host: HOST, port: service.settings.port, backlog: BACKLOG });
  port = (app.server.address() as AddressInfo).port;
  const { botId, taggedBotId, foreignBotId, keys } = service.tenancy;
  return {
    url: `http://${HOST}:${port}`,
    port,
    botId,
    taggedBotId,
    foreignBotId,
    keys,
    controlToken,
    truth: () => service.summary(),
    turns: () => service.truth.turns(),
    configure: (patch) => service.configure(patch),
    fill: (history) => fillHistory(service, history),
    reset: () => service.reset(),
    close: async (graceMs = 1_000) => {
      clearTimeout(comeback);
      await close(app, graceMs);
      service.pace.close();
    },
  };
}

async function close(app: FastifyInstance, graceMs: number): Promise<void> {
  const force = setTimeout(() => app.server.closeAllConnections(), graceMs);
  await app.close();
  clearTimeout(force);
}
