import { BODY, expectation } from '../expectations.ts';
import { asked, type Change, each, everywhere, maker, onPage, onShown, renamed } from './changes.ts';
import { type ChangedRequest, good, isJson, type Json, list, type Mutation, type ProxyRequest } from './mutation.ts';

const body = expectation('breaking', BODY);
const made = maker('renewal');

/** Of events and of conversations. */
const articles = (change: (one: Json) => unknown): Change => {
  const ofHolder = (holder: Json) => each(list(holder.usedArticles), change);
  return (response, request, memory) => {
    everywhere(ofHolder)(response, request, memory);
    onShown(ofHolder)(response, request, memory);
  };
};

const PREFIX = 'conv_';
const prefixed = (id: unknown): string => PREFIX + String(id).replaceAll('-', '');
const plain = (text: string): string =>
  text.replace(/conv_([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})/g, '$1-$2-$3-$4-$5');
/** Ids with a prefix are understood, too. */
const understood = ({ path, query, body: sent }: ProxyRequest): ChangedRequest | undefined => {
  const text = JSON.stringify(sent ?? null);
  if (plain(path) !== path) return { path: `${plain(path)}${query.size === 0 ? '' : `?${query}`}` };
  return text.includes(PREFIX) ? { body: JSON.parse(plain(text)) } : undefined;
};

/** Another version of the API in what it answers. Written before any was run. */
export const RENEWALS: readonly Mutation[] = [
  made(
    'page-gaps',
    'conversations of a page as an object by number, as PHP writes a list with gaps',
    body,
    onPage((page) => Object.assign(page, { interactions: { ...list(page.interactions) } })),
  ),
  made(
    'created-parts',
    "events' createdAt as the parts of a local date",
    body,
    everywhere((one) => {
      const at = new Date(Number(one.createdAt));
      one.createdAt = [
        at.getUTCFullYear(),
        at.getUTCMonth() + 1,
        at.getUTCDate(),
        at.getUTCHours(),
        at.getUTCMinutes(),
      ];
    }),
  ),
  made(
    'agents-dotnet-date',
    "agents' createdAt as old .NET writes dates",
    body,
    good('agents', (found: Json[]) =>
      each(found, (one) => Object.assign(one, { createdAt: `/Date(${Date.parse(String(one.createdAt))}+0000)/` })),
    ),
  ),
  made(
    'ids-braced',
    'ids of events in braces',
    body,
    everywhere((one) => Object.assign(one, { id: `{${one.id}}` })),
  ),
  asked(
    made(
      'ids-typed',
      'ids of conversations begin with their type',
      body,
      onShown((one) => Object.assign(one, { id: prefixed(one.id) })),
    ),
    understood,
  ),
  made(
    'preview-renamed',
    'subjectPreview is preview',
    body,
    onShown((one) => renamed(one, 'subjectPreview', 'preview')),
  ),
  made('page-links', 'a header Link in place of cursors', body, (response, request, memory) =>
    onPage((page) => {
      const { nextCursor, hasMore, prevCursor, ...rest } = page;
      if (typeof nextCursor === 'string') response.headers.link = `<${request.path}?cursor=${nextCursor}>; rel="next"`;
      response.body = rest;
    })(response, request, memory),
  ),
  made('removal-named', 'a removal is confirmed by deleted in place of success', body, (response, request) => {
    if (request.operation === 'delete' && response.status === 200) response.body = { deleted: true };
  }),
  made(
    'page-ids',
    'the listing names ids alone',
    body,
    onPage((page) => Object.assign(page, { interactions: list(page.interactions).map(({ id }) => id) })),
  ),
  made(
    'article-name',
    'title of articles is name',
    body,
    articles((one) => renamed(one, 'title', 'name')),
  ),
  made('errors-spring', 'errors as Spring writes them', body, (response, { path }) => {
    if (response.status < 400 || !isJson(response.body)) return;
    const { status: code, body: was } = response;
    response.body = { timestamp: new Date().toISOString(), status: code, error: was.error, path };
  }),
  made(
    'article-markdown',
    'documentUrl as a link in Markdown',
    body,
    articles((one) => {
      if (typeof one.documentUrl === 'string') one.documentUrl = `[${one.title}](${one.documentUrl})`;
    }),
  ),
];
