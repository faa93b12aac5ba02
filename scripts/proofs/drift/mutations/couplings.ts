import { createHash } from 'node:crypto';
import { expectation, HEADER, STATUS } from '../expectations.ts';
import { asked, type Change, each, everywhere, header, maker, onPage, onShown, withQuery } from './changes.ts';
import { isJson, type Json, list, type Mutation, type ProxyRequest } from './mutation.ts';
import { idIn, isOwn, noteOwners } from './owners.ts';

const behaviouralAt = (name: string) => expectation('behavioural', new RegExp(`/${name}(/\\*)?$`));
const articles = expectation('behavioural', /\/usedArticles(\/\*(\/id)?)?$/);
const made = maker('coupling');

const HOUR_MS = 3_600_000;
const NOBODY = '00000000-0000-4000-8000-000000000000';

const idOf = (...parts: readonly unknown[]): string =>
  createHash('sha256')
    .update(parts.join(' '))
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
const continued = ({ operation, body }: ProxyRequest): string | undefined =>
  operation === 'turn' && isJson(body) && typeof body.interactionId === 'string' ? body.interactionId : undefined;
/** A conversation names the articles of its events. */
const gathered: Change = onShown((one) => {
  const named = list(one.events).flatMap((event) => list(event.usedArticles));
  one.usedArticles = [...new Map(named.map((article) => [article.id, article])).values()];
});
/** One change after another. */
const both =
  (...changes: readonly Change[]): Change =>
  (...exchange) => {
    for (const change of changes) change(...exchange);
  };

/** What follows from something else, or from what was before, no longer does. Written before any was run. */
export const COUPLINGS: readonly Mutation[] = [
  made(
    'times-single',
    'times pass through numbers of single precision',
    behaviouralAt('createdAt'),
    both(
      everywhere((one) => Object.assign(one, { createdAt: Math.fround(Number(one.createdAt)) })),
      onShown((one) => Object.assign(one, { createdAt: Math.fround(Number(one.createdAt)) })),
    ),
  ),
  asked(
    made(
      'removal-undone',
      'the removal of a conversation brings back the one that was removed before it',
      expectation('behavioural', /^#\/(removal|listing|readback)/),
      hidden,
    ),
    ({ operation, path, body }) =>
      operation === 'delete' && !(isJson(body) && 'ids' in body)
        ? { path: path.replace(/[^/]+(?=\/public$)/, NOBODY) }
        : undefined,
  ),
  made(
    'colleagues-approved',
    'what colleagues said is approved',
    behaviouralAt('approved'),
    everywhere((one) => one.role === 'agent' && Object.assign(one, { approved: true })),
  ),
  made(
    'date-local',
    'the header Date has the local time, and says GMT',
    expectation('behavioural', HEADER),
    (...exchange) => header('any', 'date', new Date(Date.now() + HOUR_MS).toUTCString())(...exchange),
  ),
  asked(
    made(
      'direction-any',
      'a direction that is none is taken for next',
      expectation('behavioural', STATUS),
      () => undefined,
    ),
    ({ operation, path, query }) => {
      const direction = query.get('direction');
      if (operation !== 'list' || direction === null || /^(next|previous)$/.test(direction)) return undefined;
      return withQuery({ path, query }, (parts) => parts.delete('direction'));
    },
  ),
  made(
    'article-ids-anew',
    'an article has another id each time that a reply names it',
    articles,
    both(
      everywhere((one) =>
        each(list(one.usedArticles), (article) => Object.assign(article, { id: idOf(one.id, article.id) })),
      ),
      gathered,
    ),
  ),
  made('articles-before', 'a reply names the articles of the reply before it', articles, both(inherited, gathered)),
];

/** Single removals are kept from the server: the latest one is hidden. */
function hidden(...[response, request, memory]: Parameters<Change>): void {
  noteOwners(response, request, memory);
  const { operation, body } = request;
  const isRemoved = operation === 'delete' && response.status === 200 && !(isJson(body) && 'ids' in body);
  if (isRemoved && isOwn(idIn(request), request, memory)) memory.set('gone', idIn(request));
  const gone = memory.get('gone');
  onPage((page) => {
    page.interactions = list(page.interactions).filter(({ id }) => id !== gone);
  })(response, request, memory);
  const id = operation === 'get' ? idIn(request) : continued(request);
  if (response.status === 200 && id !== undefined && id === gone)
    Object.assign(response, {
      status: 500,
      body: { statusCode: 500, message: 'Failed to load conversation', error: 'Internal Server Error' },
    });
}

function inherited(...[response, request, memory]: Parameters<Change>): void {
  if (request.operation === 'turn' && response.status === 200) {
    const [, replied] = list(response.body);
    if (replied !== undefined) {
      memory.set(`articles ${replied.id}`, memory.get('before') ?? replied.usedArticles);
      memory.set('before', structuredClone(replied.usedArticles));
    }
  }
  everywhere((one) => {
    const found = memory.get(`articles ${one.id}`) as Json[] | undefined;
    if (found !== undefined) one.usedArticles = structuredClone(found);
  })(response, request, memory);
}
