import { expectation } from '../expectations.ts';
import { asked, type Change, maker, onPage, withQuery } from './changes.ts';
import { type Json, list, type Mutation, type ProxyRequest } from './mutation.ts';

const listing = expectation('behavioural', /^#\/listing/);
const made = maker('search');

const nothing: Change = () => undefined;
/** Another query than the one that was sent. */
const queried = (
  isMeant: (query: URLSearchParams) => boolean,
  change: (query: URLSearchParams, memory: Map<string, unknown>) => void,
) => {
  return ({ operation, path, query }: ProxyRequest, memory: Map<string, unknown>) => {
    if (operation !== 'list' || !isMeant(query)) return undefined;
    return withQuery({ path, query }, (parts) => change(parts, memory));
  };
};
const FILTERS = ['agentId', 'source', 'channel', 'since', 'until'];

/** Listings by other rules. Written before any was run. */
export const SEARCHES: readonly Mutation[] = [
  made(
    'by-start',
    'conversations in the order in which they began',
    listing,
    onPage((page) =>
      Object.assign(page, {
        interactions: list(page.interactions).sort((a, b) => Number(b.createdAt) - Number(a.createdAt)),
      }),
    ),
  ),
  asked(
    made('default-ten', 'a page has ten conversations where no limit is named', listing, nothing),
    queried(
      (query) => !query.has('limit'),
      (query) => query.set('limit', '10'),
    ),
  ),
  asked(
    made('cursor-filters', 'a page after a cursor is not filtered', listing, nothing),
    queried(
      (query) => query.has('cursor') && FILTERS.some((name) => query.has(name)),
      (query) => {
        for (const name of FILTERS) query.delete(name);
      },
    ),
  ),
  asked(
    made('previous-limit', 'a page that is turned back to has the default limit', listing, nothing),
    queried(
      (query) => query.get('direction') === 'previous',
      (query) => query.delete('limit'),
    ),
  ),
  asked(
    made('agent-other', 'agentId filters by another agent', listing, (response, { operation }, memory) => {
      if (operation === 'agents' && response.status === 200)
        memory.set(
          'agents',
          list(response.body).map(({ id }) => id),
        );
    }),
    queried(
      (query) => query.has('agentId'),
      (query, memory) => {
        const others = ((memory.get('agents') as Json[] | undefined) ?? [])
          .map(String)
          .filter((id) => id !== query.get('agentId'));
        query.set('agentId', others[0] ?? 'none');
      },
    ),
  ),
];
