import { randomUUID } from 'node:crypto';
import { allowance, drawn, oneOf } from './allowance.ts';
import { asked, type Change, each, onPage, onShown, withQuery } from './changes.ts';
import { good, isJson, type Json, list, type Mutation, type ProxyRequest } from './mutation.ts';

const warrant = allowance('warrant');

const shown = (values: (one: Json) => Json): Change => onShown((one) => Object.assign(one, values(one)));
const CREATED = '2025-03-01T09:00:00.000Z';
const LEAST_MS = 900;
const MORE_MS = 1_100;
const AGED_MS = 400;
const SUBJECTS = ['Delivery question', 'Rückgabe', 'Where is it?', '請求について', 'Account locked (2)'];
/** The same id as one of another version, and back. */
const ofVersion = (id: string, version: number): string => `${id.slice(0, 14)}${version}${id.slice(15)}`;
const OURS = /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/i;
const theirs = (id: string): string => (OURS.test(id) ? ofVersion(id, 4) : id);

/** Services that are run in another way. Written before any was run. */
export const WARRANTS: readonly Mutation[] = [
  warrant('unhurried', 'a reply takes one to two seconds', (response, { operation, body }, memory) => {
    memory.set('turns', Number(memory.get('turns') ?? 0) + 1);
    const isOfUser = isJson(body) && (body.role === undefined || body.role === 'user');
    if (operation === 'turn' && isOfUser) response.delayMs = LEAST_MS + drawn(memory.get('turns'), MORE_MS);
  }),
  asked(
    warrant(
      'ids-of-version-8',
      'ids of conversations are of version 8',
      shown(({ id }) => ({ id: ofVersion(String(id), 8) })),
    ),
    understood,
  ),
  warrant(
    'subjects-later',
    'subjects are worded by the AI, once it has seen the conversation for a while',
    shown(({ id, createdAt }) => ({
      subjectPreview: Date.now() - Number(createdAt) < AGED_MS ? null : `${oneOf(id, SUBJECTS)} #${drawn(id, 900)}`,
    })),
  ),
  warrant(
    'states-move',
    'conversations are new, then open, then waiting',
    shown(({ id, createdAt }) => {
      const age = Date.now() - Number(createdAt);
      return {
        status: age < AGED_MS ? 'new' : drawn(`${id} ${Math.floor(age / AGED_MS)}`, 2) === 0 ? 'open' : 'waiting',
      };
    }),
  ),
  warrant('errors-numbered', 'errors name their number and the time', ({ status, body }) => {
    if (status < 400 || !isJson(body)) return;
    body.message = `${body.message} (${randomUUID().slice(0, 13)}, ${new Date().toISOString()})`;
  }),
  warrant('gateway', 'a gateway adds what browsers, caches and clients may want to know', ({ headers }, _, memory) => {
    const count = Number(memory.get('answers') ?? 0) + 1;
    memory.set('answers', count);
    Object.assign(headers, {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'x-request-id',
      'server-timing': `app;dur=${drawn(count, 900)}, db;dur=${drawn(`db ${count}`, 90)}`,
      'alt-svc': 'h3=":443"; ma=86400',
      nel: '{"report_to":"cf-nel","success_fraction":0.0,"max_age":604800}',
      'ratelimit-policy': '"default";q=600;w=60',
      ratelimit: `"default";r=${600 - (count % 600)};t=${60 - (count % 60)}`,
      'x-request-id': randomUUID(),
      server: 'cloudflare',
    });
  }),
  asked(
    warrant(
      'cursors-are-ids',
      'a cursor is the id of the conversation at which it stands',
      (...[response, request, memory]) =>
        onPage((page) => {
          const all = list(page.interactions);
          for (const [name, one] of [
            ['nextCursor', all.at(-1)],
            ['prevCursor', all[0]],
          ] as const)
            if (typeof page[name] === 'string' && one !== undefined) {
              memory.set(`${name} ${one.id}`, page[name]);
              page[name] = one.id;
            }
        })(response, request, memory),
    ),
    ({ operation, path, query }, memory) => {
      const name = query.get('direction') === 'previous' ? 'prevCursor' : 'nextCursor';
      const cursor = memory.get(`${name} ${query.get('cursor')}`);
      if (operation !== 'list' || typeof cursor !== 'string') return undefined;
      return withQuery({ path, query }, (parts) => parts.set('cursor', cursor));
    },
  ),
  warrant(
    'attributes-nested',
    'attributes have objects, lists and fractions of the service',
    shown(({ id, userAttributes }) => ({
      userAttributes: {
        ...(isJson(userAttributes) ? userAttributes : {}),
        account: { plan: oneOf(id, ['free', 'pro']), seats: drawn(id, 40), since: null },
        segments: drawn(id, 2) === 0 ? [] : ['trial', 'eu'],
        score: drawn(id, 1_000) / 1_000,
      },
    })),
  ),
  warrant(
    'agents-at-once',
    'all agents were created at the same time',
    good('agents', (body: Json[]) => each(list(body), (one) => Object.assign(one, { createdAt: CREATED }))),
  ),
];

function understood({ path, query, body }: ProxyRequest): ReturnType<NonNullable<Mutation['changeRequest']>> {
  if (isJson(body) && typeof body.interactionId === 'string')
    return { body: { ...body, interactionId: theirs(body.interactionId) } };
  if (isJson(body) && Array.isArray(body.ids) && body.ids.every((id) => typeof id === 'string'))
    return { body: { ...body, ids: body.ids.map(theirs) } };
  const [, id] = /\/([\da-f-]{36})\/public$/i.exec(path) ?? [];
  if (id === undefined) return undefined;
  return { path: `${path.replace(id, theirs(id))}${query.size === 0 ? '' : `?${query}`}` };
}
