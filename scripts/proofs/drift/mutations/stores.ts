import { BODY, expectation } from '../expectations.ts';
import { each, maker, onListed, onPage, withQuery } from './changes.ts';
import { good, isJson, type Json, list, type Mutation } from './mutation.ts';

const behavioural = expectation('behavioural', BODY);
const listing = expectation('behavioural', /^#\/(listing|responses)/);
const removal = expectation('behavioural', /^#\/removal/);
const agents = expectation('behavioural', /^#\/agents/);
const made = maker('operate');
const SLOW_REMOVAL_MS = 10_000;
const idOf = (path: string): string => path.split('/')[3] ?? '';

/** What is listed and removed after changes that no schema shows. Written before any of them was run. */
export const STORES: readonly Mutation[] = [
  made(
    'removal-slow',
    'a removed conversation can be read for ten seconds',
    removal,
    (response, { operation, path }, memory) => {
      if (operation === 'delete' && response.status === 200) memory.set(`removed ${path}`, Date.now());
      if (operation !== 'get') return;
      const at = memory.get(`removed ${path}`);
      if (response.status === 200) memory.set(path, response.body);
      else if (typeof at === 'number' && Date.now() - at < SLOW_REMOVAL_MS && memory.has(path))
        Object.assign(response, { status: 200, body: memory.get(path) });
    },
  ),
  made(
    'removal-of-notes',
    'conversations without a user are not removed',
    removal,
    (response, { operation, path, authorization }, memory) => {
      if (operation !== 'get') return;
      const key = `${authorization} ${path}`;
      if (response.status === 200 && isJson(response.body)) {
        if (list(response.body.events).every(({ role }) => role !== 'user')) memory.set(key, response.body);
      } else if (memory.has(key)) Object.assign(response, { status: 200, body: memory.get(key) });
    },
  ),
  made(
    'agents-new-ids',
    'agents have other ids each time',
    agents,
    good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, { id: crypto.randomUUID() }))),
  ),
  made(
    'agents-redated',
    'agents are dated anew each time',
    agents,
    good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, { createdAt: new Date().toISOString() }))),
  ),
  made(
    'list-end-empty',
    'after the last page there is one without conversations',
    listing,
    (response, { operation, query }) => {
      if (operation !== 'list' || !isJson(response.body)) return;
      if (query.get('cursor') === 'end')
        Object.assign(response, {
          status: 200,
          body: { interactions: [], hasMore: false, nextCursor: null, prevCursor: null },
        });
      else if (response.status === 200 && response.body.hasMore === false && query.has('cursor'))
        Object.assign(response.body, { hasMore: true, nextCursor: 'end' });
    },
  ),
  made(
    'list-no-way-back',
    'prevCursor is always null',
    listing,
    onPage((body) => Object.assign(body, { prevCursor: null })),
  ),
  {
    ...made('list-channel-lost', 'channel is ignored', listing, () => undefined),
    changeRequest: ({ operation, path, query }) => {
      if (operation !== 'list' || !query.has('channel')) return undefined;
      return withQuery({ path, query }, (parts) => parts.delete('channel'));
    },
  },
  made(
    'list-since-zone',
    'since is taken as a time an hour later, of which nothing is listed',
    listing,
    onPage((body, { query }) => {
      if (query.has('since') && !query.has('until'))
        Object.assign(body, { interactions: [], hasMore: false, nextCursor: null, prevCursor: null });
    }),
  ),
  made(
    'list-previews-lost',
    'listed conversations have no preview',
    behavioural,
    onListed(() => ({ subjectPreview: null })),
  ),
  made(
    'list-resolved',
    'listed conversations are resolved',
    listing,
    onListed(() => ({ resolved: true })),
  ),
  made(
    'list-removed-later',
    'removed conversations are listed for ten seconds',
    expectation('behavioural', /^#\/(listing|removal)/),
    (response, { operation, path, query, authorization }, memory) => {
      if (operation === 'delete' && response.status === 200) memory.set(idOf(path), Date.now());
      if (operation !== 'list' || response.status !== 200 || !isJson(response.body)) return;
      const shown = list(response.body.interactions);
      for (const one of shown) memory.set(`${authorization} ${one.id}`, one);
      const isWhole = [...query.keys()].every((name) => name === 'limit' || name === 'since');
      const kept = [...memory].flatMap(([id, at]) =>
        typeof at === 'number' && Date.now() - at < SLOW_REMOVAL_MS ? [memory.get(`${authorization} ${id}`)] : [],
      );
      if (isWhole)
        response.body.interactions = [...shown, ...kept.filter(isJson)].slice(0, Number(query.get('limit') ?? 20));
    },
  ),
];
