import { expectation } from '../expectations.ts';
import { asked, type Change, maker, onListed, onPage, withQuery } from './changes.ts';
import { good, isJson, type Json, list, type Mutation, type ProxyRequest } from './mutation.ts';
import { idIn } from './owners.ts';

const made = maker('vlisting');

const LISTING = /^#\/listing|\/interactions(\/.*)?$/;

const behavioural = (place = LISTING) => expectation('behavioural', place);

const latestOf = (one: Json): number => Math.max(...list(one.events).map(({ createdAt }) => Number(createdAt)));

/** The limit of a listing that may have one more or one less. */
function limitOf({ operation, query }: ProxyRequest): number | undefined {
  const limit = Number(query.get('limit'));
  return operation === 'list' && Number.isInteger(limit) && limit > 0 && limit < 100 ? limit : undefined;
}

function withLimit({ path, query }: ProxyRequest, limit: number) {
  return withQuery({ path, query }, (parts) => parts.set('limit', String(limit)));
}

const isOlder = ({ query }: ProxyRequest): boolean => query.get('direction') !== 'previous';

/** A page is known by all that was asked but the window, which moves. */
function askedIn({ query, authorization }: ProxyRequest): string {
  const asked = new URLSearchParams(query);
  for (const name of ['since', 'until']) asked.delete(name);
  return `page ${authorization} ${asked}`;
}

/** Conversations that this key saw under these filters, and that were deleted since. */
const listDeleted: Change = ({ status, body }, request, memory) => {
  if (status !== 200) return;
  const { operation, query, body: sent } = request;
  const ids = isJson(sent) && Array.isArray(sent.ids) ? sent.ids : [idIn(request)];
  if (operation === 'delete') for (const id of ids) memory.set(`deleted ${id}`, true);
  if (operation !== 'list' || !isJson(body)) return;
  const shown = list(body.interactions);
  const filters = ['agentId', 'source', 'channel'].map((name) => query.getAll(name));
  const key = `seen ${request.authorization} ${JSON.stringify(filters)}`;
  const seen = new Map(list(memory.get(key)).map((one) => [one.id, one]));
  const gone = [...seen.values()].filter(
    ({ id }) => memory.has(`deleted ${id}`) && !shown.some((one) => one.id === id),
  );
  for (const one of shown) seen.set(one.id, one);
  memory.set(key, [...seen.values()]);
  if (query.has('cursor')) return;
  const since = Number(query.get('since') ?? 0);
  const until = Number(query.get('until') ?? Number.POSITIVE_INFINITY);
  const kept = gone.filter((one) => latestOf(one) >= since && latestOf(one) <= until);
  const all = [...shown, ...kept].sort((a, b) => latestOf(b) - latestOf(a));
  body.interactions = all.slice(0, Number(query.get('limit') ?? 50));
};

/** How conversations and agents are listed, filtered and paged. */
export const VENDOR_LISTINGS: readonly Mutation[] = [
  made(
    'by-id',
    'each page is sorted by id',
    behavioural(),
    onPage(
      (page) =>
        list(page.interactions).length > 0 &&
        (page.interactions as Json[]).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1)),
    ),
  ),
  made('agent-unmatched', 'a listing by agentId finds nothing', behavioural(), (response, { operation, query }) => {
    if (operation === 'list' && response.status === 200 && query.has('agentId'))
      response.body = { interactions: [], hasMore: false, nextCursor: null, prevCursor: null };
  }),
  asked(
    made('row-ahead', 'pages have one conversation more than their limit', behavioural(), () => undefined),
    (request) => {
      const limit = limitOf(request);
      return limit === undefined ? undefined : withLimit(request, limit + 1);
    },
  ),
  asked(
    made(
      'cursor-inclusive',
      'a page starts with the last conversation of the page before',
      behavioural(),
      onPage((page, request, memory) => {
        const before = memory.get(`cursor ${request.query.get('cursor')}`);
        const shown = list(page.interactions);
        if (isOlder(request) && before !== undefined) page.interactions = [before, ...shown];
        if (isOlder(request) && page.nextCursor !== null) memory.set(`cursor ${page.nextCursor}`, shown.at(-1));
      }),
    ),
    (request, memory) => {
      const limit = limitOf(request);
      const isRepeated = isOlder(request) && memory.has(`cursor ${request.query.get('cursor')}`);
      return limit === undefined || limit === 1 || !isRepeated ? undefined : withLimit(request, limit - 1);
    },
  ),
  made(
    'more-always',
    'hasMore is true on the last page, whose nextCursor is null',
    behavioural(/^#\/listing|\/(hasMore|nextCursor)$/),
    onPage((page, request) => isOlder(request) && Object.assign(page, { hasMore: true })),
  ),
  made(
    'back-ascending',
    'pages of direction previous have the oldest conversation first',
    behavioural(),
    onPage(
      (page, request) =>
        !isOlder(request) && list(page.interactions).length > 0 && (page.interactions as Json[]).reverse(),
    ),
  ),
  made(
    'latest-event-only',
    'conversations in a listing have their latest event only',
    behavioural(/^#\/(listing|readback|sequence)|\/events(\/.*)?$/),
    onListed((one) => ({ events: list(one.events).slice(-1) })),
  ),
  made(
    'deleted-listed',
    'a deleted conversation is listed on, and only Get knows that it is gone',
    behavioural(/^#\/(removal|listing)/),
    listDeleted,
  ),
  made(
    'first-answer-kept',
    'a listing is answered as it was the first time, whatever came since',
    behavioural(/^#\/(listing|readback|sequence|removal)/),
    (response, request, memory) => {
      if (request.operation !== 'list' || response.status !== 200) return;
      const kept = memory.get(askedIn(request));
      if (kept === undefined) memory.set(askedIn(request), response.body);
      else response.body = kept;
    },
  ),
  made(
    'agents-oldest-first',
    'agents are listed from the oldest to the newest',
    behavioural(/^#\/(agents|listing|responses)/),
    good('agents', (body: unknown[]) => [...body].reverse()),
  ),
];
