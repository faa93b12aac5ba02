import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { expectation, STATUS } from '../expectations.ts';
import { good, isJson, type Json, list, type Mutation } from './mutation.ts';

const LISTING = expectation('behavioural', /^#\/listing/);

/** Changes of pages, of what leads from one to the next, and of filters. */
export const PAGING: readonly Mutation[] = [
  {
    id: 'list-strange-ids',
    title: 'the listing shows ids that no other operation knows',
    expected: expectation('breaking', STATUS),
    changeResponse: good('list', (body: Json) => {
      for (const one of list(body.interactions)) one.id = String(one.id).replace(/^.{8}/, '0abcdef0');
    }),
  },
  {
    id: 'list-stuck',
    title: 'the second page leads to itself',
    expected: LISTING,
    changeResponse: (response, { operation, query }) => {
      const cursor = query.get('cursor');
      if (operation === 'list' && response.status === 200 && cursor !== null && isJson(response.body))
        Object.assign(response.body, { hasMore: true, nextCursor: cursor });
    },
  },
  {
    id: 'list-never-more',
    title: 'there is a cursor, and hasMore says no',
    expected: LISTING,
    changeResponse: good('list', (body: Json) => ({ ...body, hasMore: false })),
  },
  {
    id: 'list-skips',
    title: 'each further page begins one conversation too late',
    expected: LISTING,
    changeResponse: (response, { operation, query }) => {
      if (operation === 'list' && response.status === 200 && query.has('cursor') && isJson(response.body))
        response.body.interactions = list(response.body.interactions).slice(1);
    },
  },
  {
    id: 'list-since-seconds',
    title: 'since is taken for seconds',
    expected: LISTING,
    changeResponse: (response, { operation, query }) => {
      if (operation === 'list' && response.status === 200 && query.has('since') && isJson(response.body))
        Object.assign(response.body, { interactions: [], hasMore: false, nextCursor: null });
    },
  },
  {
    id: 'list-source-lost',
    title: 'source is ignored',
    expected: LISTING,
    changeRequest: ({ operation, query }) =>
      operation === 'list' && query.has('source') ? { path: `${CONVERSATIONS_PATH}?limit=20` } : undefined,
  },
  {
    id: 'list-agent-none',
    title: 'agentId finds nothing, whatever agent it names',
    expected: LISTING,
    changeResponse: (response, { operation, query }) => {
      if (operation === 'list' && response.status === 200 && query.has('agentId') && isJson(response.body))
        Object.assign(response.body, { interactions: [], hasMore: false, nextCursor: null });
    },
  },
  {
    id: 'list-removed',
    title: 'the listing goes on showing what was removed',
    expected: expectation('behavioural', /^#\/(listing|removal)/),
    changeResponse: (response, { operation, path, query, authorization }, memory) => {
      if (response.status !== 200) return;
      const id = path.split('/')[3] ?? '';
      if (operation === 'delete' && memory.has(`${authorization} ${id}`)) memory.set(`removed ${authorization}`, id);
      if (operation !== 'list' || !isJson(response.body) || query.has('cursor') || query.has('until')) return;
      const own = list(response.body.interactions);
      for (const one of own) memory.set(`${authorization} ${one.id}`, one);
      const removed = memory.get(`${authorization} ${memory.get(`removed ${authorization}`)}`);
      if (isJson(removed))
        response.body.interactions = [...own, removed].sort((a, b) => Number(b.createdAt) - Number(a.createdAt));
    },
  },
];
