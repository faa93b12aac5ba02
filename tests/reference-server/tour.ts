import type { Kind, ReferenceServer } from '../../scripts/reference-server/index.ts';
import { AGENTS, type Call, CONVERSATIONS, call, conversationPath, newest, type Reply, turn } from './client.ts';

const NOWHERE = '00000000-0000-4000-8000-000000000000';
export const RICH = ` Where is my <b>order</b> & "parcel"? Ünïcödé ﬁ 😀 \u2028 ${'x'.repeat(1_100)} `;

/** What the stops of a tour know of the server that they visit. */
export interface Visit {
  readonly server: ReferenceServer;
  /** A conversation of the main workspace with one turn. */
  readonly interactionId: string;
  /** A conversation of the main workspace that was deleted. */
  readonly deletedId: string;
  /** A conversation of the foreign workspace. */
  readonly foreignId: string;
}

interface Stop {
  readonly kinds: readonly Kind[];
  readonly request: (visit: Visit) => Call;
}

const post = (body: unknown, more: Partial<Call> = {}): Call => ({ body, ...more });
const get = (path: string): Call => ({ method: 'GET', path });
const remove = (path: string): Call => ({ method: 'DELETE', path });
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Requests that together are of every kind. */
export const STOPS = {
  start: {
    kinds: ['U', 'START', 'O', 'K', 'W', 'X', 'H', 'N', 'TURN', 'M'],
    request: ({ server }) =>
      post({ botId: server.botId, content: RICH, metadata: { user_attributes: { plan: 'pro' } } }),
  },
  startAgain: {
    kinds: ['U', 'START', 'O', 'K', 'W', 'X', 'H', 'N', 'TURN', 'M'],
    request: ({ server }) =>
      post({ botId: server.botId, content: RICH, metadata: { user_attributes: { plan: 'pro' } } }),
  },
  fact: { kinds: ['C'], request: ({ interactionId }) => post({ interactionId, content: 'My code is K7Q-4821.' }) },
  recall: { kinds: ['C'], request: ({ interactionId }) => post({ interactionId, content: 'What was my code?' }) },
  continue: { kinds: ['C'], request: ({ interactionId }) => post({ interactionId, content: 'Track my order' }) },
  tagged: {
    kinds: ['T'],
    request: ({ server }) => post({ botId: server.taggedBotId, content: 'Where is my invoice?' }),
  },
  agent: {
    kinds: ['R', 'TURN', 'POST'],
    request: ({ server }) => post({ botId: server.botId, content: 'A note', role: 'agent' }),
  },
  noContent: { kinds: ['N1', 'N*'], request: ({ server }) => post({ botId: server.botId }) },
  noIds: { kinds: ['N3', 'N*'], request: () => post({ content: 'Hello' }) },
  badRole: { kinds: ['N4'], request: ({ server }) => post({ botId: server.botId, content: 'Hello', role: 'robot' }) },
  unknownAgent: { kinds: ['N5', 'N*'], request: () => post({ botId: NOWHERE, content: 'Hello' }) },
  unknownConversation: { kinds: ['N6'], request: () => post({ interactionId: NOWHERE, content: 'Hello' }) },
  malformed: { kinds: ['N7'], request: () => post('{"content": ') },
  wrongTypes: { kinds: ['N8'], request: ({ server }) => post({ botId: server.botId, content: 5 }) },
  noKey: {
    kinds: ['A1', 'A*'],
    request: ({ server }) => post({ botId: server.botId, content: 'Hello' }, { authorization: null }),
  },
  noKeyMalformed: { kinds: ['A1', 'A*'], request: () => post('{', { authorization: null }) },
  keyInQuery: {
    kinds: ['A1'],
    request: ({ server }) => ({ ...get(`${AGENTS}?api_key=${server.keys.readWrite}`), authorization: null }),
  },
  otherScheme: {
    kinds: ['A2'],
    request: ({ server }) => ({ ...get(AGENTS), authorization: `Token ${server.keys.readWrite}` }),
  },
  unknownKey: { kinds: ['A3'], request: () => ({ ...get(AGENTS), ...bearer('fini_unknown') }) },
  upperKey: {
    kinds: ['A3'],
    request: ({ server }) => ({ ...get(AGENTS), ...bearer(server.keys.readWrite.toUpperCase()) }),
  },
  revokedKey: { kinds: ['A4'], request: ({ server }) => ({ ...get(AGENTS), ...bearer(server.keys.revoked) }) },
  readKeyWrites: {
    kinds: ['A5', 'POST'],
    request: ({ server }) => post({ botId: server.botId, content: 'Hello' }, bearer(server.keys.read)),
  },
  readKeyDeletes: {
    kinds: ['D'],
    request: ({ server, interactionId }) => ({
      ...remove(conversationPath(interactionId)),
      ...bearer(server.keys.read),
    }),
  },
  writeKeyReads: {
    kinds: ['L', 'G', 'B'],
    request: ({ server }) => ({ ...get(CONVERSATIONS), ...bearer(server.keys.write) }),
  },
  foreignAgent: {
    kinds: ['A7', 'POST'],
    request: ({ server }) => post({ botId: server.foreignBotId, content: 'Hello' }),
  },
  foreignConversation: {
    kinds: ['A7', 'POST'],
    request: ({ foreignId }) => post({ interactionId: foreignId, content: 'Hello' }),
  },
  foreignGet: { kinds: ['A7', 'G'], request: ({ foreignId }) => get(conversationPath(foreignId)) },
  foreignDelete: { kinds: ['A7', 'D'], request: ({ foreignId }) => remove(conversationPath(foreignId)) },
  agents: { kinds: ['B'], request: () => get(AGENTS) },
  list: { kinds: ['L'], request: () => get(CONVERSATIONS) },
  page: { kinds: ['L'], request: () => get(`${CONVERSATIONS}?limit=1`) },
  pageBack: { kinds: ['L'], request: () => get(`${CONVERSATIONS}?direction=previous`) },
  badCursor: { kinds: ['L'], request: () => get(`${CONVERSATIONS}?cursor=x`) },
  limit0: { kinds: ['L'], request: () => get(`${CONVERSATIONS}?limit=0`) },
  limit100: { kinds: ['L'], request: () => get(`${CONVERSATIONS}?limit=100`) },
  limit101: { kinds: ['L'], request: () => get(`${CONVERSATIONS}?limit=101`) },
  sources: { kinds: ['L'], request: () => get(`${CONVERSATIONS}?source=widget,api`) },
  sourcesRepeated: { kinds: ['L'], request: () => get(`${CONVERSATIONS}?source=widget&source=api`) },
  listAgain: { kinds: ['L'], request: () => get(CONVERSATIONS) },
  deletedConversation: {
    kinds: ['N6', 'POST'],
    request: ({ deletedId }) => post({ interactionId: deletedId, content: 'Hello', role: 'agent' }),
  },
  get: { kinds: ['G'], request: ({ interactionId }) => get(conversationPath(interactionId)) },
  delete: { kinds: ['D'], request: ({ interactionId }) => remove(conversationPath(interactionId)) },
} as const satisfies Record<string, Stop>;

export type StopName = keyof typeof STOPS;

/** A server with two conversations of the main workspace and one of the foreign one, before any operator is on. */
export async function visit(server: ReferenceServer): Promise<Visit> {
  server.configure({ drifts: null, faults: null });
  server.reset();
  const body = { botId: server.foreignBotId, content: 'Hello', role: 'agent' };
  await call(server, { body, ...bearer(server.keys.foreign) });
  const list = { method: 'GET', path: CONVERSATIONS, ...bearer(server.keys.foreign) };
  const { json } = await call(server, list);
  const foreignId = (json as { interactions: { id: string }[] }).interactions[0]?.id ?? '';
  await turn(server, 'A mistake', { role: 'agent' });
  const deletedId = await newest(server);
  await call(server, remove(conversationPath(deletedId)));
  await turn(server, 'Can I get a refund?');
  await turn(server);
  return { server, interactionId: await newest(server), deletedId, foreignId };
}

/** One stop of a tour. */
export function stopAt(name: StopName, where: Visit): Promise<Reply> {
  return call(where.server, STOPS[name].request(where));
}

/** The stops at which an operator of these kinds can act, `delete` last. */
export function stopsFor(kinds: readonly Kind[]): StopName[] {
  return (Object.keys(STOPS) as StopName[]).filter((name) => {
    const here: readonly Kind[] = STOPS[name].kinds;
    return kinds.includes('ANY') || here.some((kind) => kinds.includes(kind));
  });
}
