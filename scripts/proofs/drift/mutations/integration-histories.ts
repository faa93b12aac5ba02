import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { expectation } from '../expectations.ts';
import { asked, type Change, maker, onShown } from './changes.ts';
import { events, isJson, list, type Mutation, type ProxyRequest } from './mutation.ts';
import { both, hash } from './novelty.ts';
import { idIn, isOwn, noteOwners } from './owners.ts';

const made = maker('integration-history');

const READ = /^#\/(readback|listing)/;
const REMOVED = /^#\/removal/;
const NOBODY = '6e0d7a4c-93b1-4f5e-8a27-1c5b9e3d2f40';
const CUT = 24;

type Memory = Map<string, unknown>;

/** The ids of a removal of many that the service accepts as one. */
function idsOf({ operation, path, body }: ProxyRequest): readonly string[] {
  if (operation !== 'delete' || path !== CONVERSATIONS_PATH || !isJson(body) || !Array.isArray(body.ids)) return [];
  const ids = body.ids.map(String);
  const isValid = ids.length <= 50 && new Set(ids).size === ids.length && ids.every((id) => /^[\da-f-]{36}$/.test(id));
  return isValid ? ids : [];
}

/** Notes what is removed, by whom ever. */
const noteRemoved: Change = ({ status }, request, memory) => {
  if (request.operation !== 'delete' || (status !== 200 && status !== 406)) return;
  for (const id of [idIn(request), ...idsOf(request)]) if (isOwn(id, request, memory)) memory.set(`gone ${id}`, true);
};

const cut = (message: string): string => (message.length > CUT ? `${message.slice(0, CUT)}…` : message);

/** Keeps the conversation, and refuses all else that a removed one is refused. */
function keep(request: ProxyRequest, memory: Memory) {
  const { operation, body, path } = request;
  const ids = idsOf(request);
  if (ids.some((id) => memory.has(`gone ${id}`)))
    return { body: { ids: ids.map((id) => (memory.has(`gone ${id}`) ? hashedId(id) : id)) } };
  if (operation === 'delete' && ids.length === 0 && isOwn(idIn(request), request, memory))
    return { path: path.replace(idIn(request), NOBODY) };
  if (operation === 'turn' && isJson(body) && memory.has(`gone ${body.interactionId}`))
    return { body: { ...body, interactionId: NOBODY } };
  return undefined;
}

const noteKept: Change = (response, request, memory) => {
  if (idsOf(request).length === 0) noteRemoved(response, request, memory);
};

const emptied: Change = (response, request, memory) =>
  onShown((one) => {
    if (memory.has(`gone ${one.id}`))
      Object.assign(one, { events: [], usedArticles: [], userAttributes: {}, subjectPreview: null });
  })(response, request, memory);

/** Sends only what cannot be removed, where there is such a thing: nothing goes. */
function allOrNothing(request: ProxyRequest, memory: Memory) {
  const ids = idsOf(request);
  const unknown = ids.filter((id) => !isOwn(id, request, memory) || memory.has(`gone ${id}`));
  return unknown.length > 0 && unknown.length < ids.length ? { body: { ids: unknown } } : undefined;
}

const noteRemovedAtOnce: Change = (response, request, memory) => {
  if (response.status === 200) noteRemoved(response, request, memory);
};

function hashedId(...parts: readonly unknown[]): string {
  const digits = hash(...parts);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/** A greeting that the widget showed, and that no turn answered with. */
const greeted: Change = onShown((one) => {
  const all = list(one.events);
  if (all[0] === undefined) return;
  const greeting = {
    ...structuredClone(all[0]),
    id: hashedId('greeting', one.id),
    createdAt: one.createdAt,
    role: 'finibot',
    message: 'Hi there! How can I help you today?',
    usedArticles: [],
  };
  one.events = [greeting, ...all];
});

/** Each Get is counted, and every read shows the count. */
const counted: Change = (response, request, memory) => {
  if (request.operation === 'get' && response.status === 200 && isJson(response.body)) {
    const name = `views ${response.body.id}`;
    memory.set(name, Number(memory.get(name) ?? 0) + 1);
  }
  onShown((one) => {
    const views = memory.get(`views ${one.id}`);
    if (views !== undefined && isJson(one.userAttributes)) Object.assign(one.userAttributes, { views });
  })(response, request, memory);
};

const cutShown: Change = (...exchange) => {
  for (const operation of ['get', 'list'] as const)
    events(operation, (one) => void Object.assign(one, { message: cut(String(one.message)) }))(...exchange);
};

/** What a store keeps of conversations, and what a removal leaves of them. */
export const INTEGRATION_HISTORIES: readonly Mutation[] = [
  made('messages-cut', 'messages are read back cut to 24 characters', expectation('behavioural', READ), cutShown),
  made(
    'greeting',
    'conversations are read with a greeting that no turn has',
    expectation('behavioural', READ),
    greeted,
  ),
  made(
    'views-counted',
    'each Get counts itself in the attributes of the customer',
    expectation('behavioural', /^#\/readback|\/userAttributes/),
    counted,
  ),
  asked(
    made(
      'tombstone',
      'a removed conversation is still there, without its events',
      expectation('behavioural', REMOVED),
      both(noteOwners, noteKept, emptied),
    ),
    keep,
  ),
  asked(
    made(
      'removal-atomic',
      'a removal of many that is refused with 406 removes none of them',
      expectation('behavioural', REMOVED),
      both(noteOwners, noteRemovedAtOnce),
    ),
    allOrNothing,
  ),
];
