import { expect } from 'vitest';
import type { ReferenceServer, ReferenceServerOptions } from '../../scripts/reference-server/index.ts';
import { type AnEvent, CONVERSATIONS, call, conversationPath, events, type Reply } from './client.ts';
import { type Visit, visit } from './tour.ts';

/** What is seen of a server, as something that can be compared. */
export type Look = (where: Visit) => Promise<unknown>;

/** An operator, what a look sees without it and with it, and options that hold on both sides. */
export type DriftRow = readonly [
  id: string,
  look: Look,
  without: unknown,
  drifted: unknown,
  base?: ReferenceServerOptions,
];

/** Looks at a faithful server, and at the same one with a drift in every answer. */
export async function expectDrift(server: ReferenceServer, [id, look, without, drifted, base = {}]: DriftRow) {
  const seen = async (drifts: Record<string, number>): Promise<unknown> => {
    const where = await visit(server);
    server.configure({ ...base, drifts: { ...base.drifts, ...drifts } });
    return look(where).finally(() => {
      server.configure(Object.fromEntries(Object.keys({ ...base, drifts: 0 }).map((name) => [name, null])));
    });
  };
  expect(await seen({}), `without ${id}`).toEqual(without);
  expect(await seen({ [id]: 1 }), `with ${id}`).toEqual(drifted);
}

export const [INCOMING, REPLY] = [0, 1];

export function eventAt(answer: Reply, index: number): AnEvent {
  const found = events(answer)[index];
  if (found === undefined) throw new Error(`No event ${index} in ${answer.text}`);
  return found;
}

export const record = ({ json }: Reply) => json as Record<string, unknown>;

/** A user turn in the conversation of a visit. */
export function goOn({ server, interactionId }: Visit, content: string, more: object = {}): Promise<Reply> {
  return call(server, { body: { interactionId, content, ...more } });
}

export async function readBack({ server, interactionId }: Visit, id = interactionId): Promise<AnEvent[]> {
  return record(await call(server, { method: 'GET', path: conversationPath(id) })).events as AnEvent[];
}

interface Page {
  readonly interactions: { readonly id: string; readonly source: string }[];
  readonly nextCursor: string | null;
  readonly prevCursor: string | null;
}

export const listing = ({ server }: Visit, query = ''): Promise<Reply> =>
  call(server, { method: 'GET', path: `${CONVERSATIONS}?${query}` });

export async function pageOf(where: Visit, query = ''): Promise<Page> {
  const answer = await listing(where, query);
  expect(answer.status).toBe(200);
  return answer.json as Page;
}
