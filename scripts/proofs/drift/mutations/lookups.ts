import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { expectation } from '../expectations.ts';
import { asked, type Change, maker, onListed, onPage, withQuery } from './changes.ts';
import { type Json, list, type Mutation, type ProxyRequest } from './mutation.ts';
import { noteOwners, ownersOf } from './owners.ts';

const listing = expectation('behavioural', /^#\/listing/);
const removal = expectation('behavioural', /^#\/removal/);
const made = maker('lookup');

const onConversations = (change: (found: Json[], request: ProxyRequest) => Json[]): Change =>
  onPage((page, request) => Object.assign(page, { interactions: change(list(page.interactions), request) }));
const bulkIds = ({ operation, path, body }: ProxyRequest): string[] | undefined =>
  operation === 'delete' && path === CONVERSATIONS_PATH && isIds(body) ? body.ids : undefined;
const isIds = (body: unknown): body is { ids: string[] } => Array.isArray((body as { ids?: unknown } | undefined)?.ids);

const LAG_MS = 30_000;

/** What listings show, and what removals remove. Written before any was run. */
export const LOOKUPS: readonly Mutation[] = [
  asked(
    made(
      'bulk-foreign',
      "the removal of many removes another workspace's, too",
      expectation('critical', /^#\/removal|\/status$/),
      noteOwners,
    ),
    (request, memory) => {
      const owner = bulkIds(request)?.flatMap((id) => ownersOf(id, memory).slice(0, 1))[0];
      const isOther =
        owner !== undefined && owner !== request.authorization && memory.has(`shown to ${request.authorization}`);
      return isOther ? { authorization: owner } : undefined;
    },
  ),
  asked(
    made('bulk-atomic', 'the removal of many removes none where one cannot be', removal, noteOwners),
    (request, memory) => {
      const unknown = bulkIds(request)?.filter((id) => ownersOf(id, memory).length === 0);
      const isMixed = unknown !== undefined && unknown.length > 0 && unknown.length < (bulkIds(request)?.length ?? 0);
      return isMixed ? { body: { ids: unknown } } : undefined;
    },
  ),
  asked(
    made('bulk-first', 'the removal of many removes the first', removal, () => undefined),
    (request) => {
      const ids = bulkIds(request);
      return ids !== undefined && new Set(ids).size === ids.length && ids.length > 1 && ids.length <= 50
        ? { body: { ids: ids.slice(0, 1) } }
        : undefined;
    },
  ),
  made(
    'list-articles',
    'listed conversations name no articles',
    listing,
    onListed(() => ({ usedArticles: [] })),
  ),
  made(
    'list-by-subject',
    'listed conversations by their subject',
    listing,
    onConversations((found) => found.sort((a, b) => String(a.subjectPreview).localeCompare(String(b.subjectPreview)))),
  ),
  made(
    'list-of-customers',
    'conversations that no customer began are not listed',
    listing,
    onConversations((found) => found.filter(({ events: all }) => list(all)[0]?.role === 'user')),
  ),
  made(
    'list-continued-twice',
    'conversations that went on are listed twice',
    listing,
    onConversations((found) => found.flatMap((one) => (list(one.events).length > 2 ? [one, one] : [one]))),
  ),
  made(
    'previous-reversed',
    'pages that are turned back are in the other order',
    listing,
    onConversations((found, { query }) => (query.get('direction') === 'previous' ? found.reverse() : found)),
  ),
  asked(
    made('cursor-limit', 'a page after a cursor has the default limit', listing, () => undefined),
    ({ operation, path, query }) => {
      if (operation !== 'list' || !query.has('cursor') || !query.has('limit')) return undefined;
      return withQuery({ path, query }, (parts) => parts.delete('limit'));
    },
  ),
  made('list-cached', 'the first answer to a listing is given again', listing, (response, request, memory) => {
    if (request.operation !== 'list' || response.status !== 200) return;
    const key = `${request.authorization} ${request.query}`;
    response.body = memory.get(key) ?? response.body;
    memory.set(key, response.body);
  }),
  made(
    'list-lags',
    'a conversation is listed after half a minute',
    expectation('behavioural', /^#\/(listing|readback)/),
    onConversations((found) => found.filter(({ createdAt }) => Date.now() - Number(createdAt) > LAG_MS)),
  ),
];
