import { createHash } from 'node:crypto';
import { BODY, expectation } from '../expectations.ts';
import { asked, type Change, each, everywhere, maker, onPage, onShown, saidByUser, withQuery } from './changes.ts';
import { events, isJson, type Json, list, type Mutation } from './mutation.ts';
import { idIn } from './owners.ts';
import { isOfUser } from './shifts.ts';

const behavioural = expectation('behavioural', BODY);
const message = expectation('behavioural', /\/message$/);
const listing = expectation('behavioural', /^#\/listing/);
const made = maker('divergence');

const otherId = (id: unknown): string =>
  createHash('sha256')
    .update(String(id))
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-9$4-$5');
const latestOf = (one: Json): number =>
  Math.max(Number(one.createdAt), ...list(one.events).map(({ createdAt }) => Number(createdAt)));

/** Operations that begin to mean something else. Written before any was run. */
export const DIVERGENCES: readonly Mutation[] = [
  made(
    'list-once',
    'a listing shows each event only to the first who asks',
    listing,
    onPage((page, _request, memory) =>
      each(list(page.interactions), (one) => {
        const unseen = list(one.events).filter(({ id }) => !memory.has(`listed ${id}`));
        each(unseen, ({ id }) => memory.set(`listed ${id}`, true));
        one.events = unseen;
      }),
    ),
  ),
  asked(
    made('limit-events', 'limit counts events in place of conversations', listing, () => undefined),
    ({ operation, path, query }) => {
      const limit = Number(query.get('limit'));
      if (operation !== 'list' || !Number.isInteger(limit) || limit < 2 || limit > 100) return undefined;
      return withQuery({ path, query }, (parts) => parts.set('limit', String(Math.ceil(limit / 2))));
    },
  ),
  made(
    'newest-hidden',
    'a conversation is listed once there is a newer one',
    listing,
    onPage((page, { query }) => {
      if (!query.has('cursor')) page.interactions = list(page.interactions).slice(1);
    }),
  ),
  made('read-moves', 'a conversation that was read comes to the front of the page', listing, (...exchange) => {
    const [response, request, memory] = exchange;
    if (request.operation === 'get' && response.status === 200) memory.set(`read ${idIn(request)}`, Date.now());
    onPage((page) => {
      const usedAt = (one: Json): number => Math.max(latestOf(one), Number(memory.get(`read ${one.id}`) ?? 0));
      page.interactions = list(page.interactions).sort((a, b) => usedAt(b) - usedAt(a));
    })(...exchange);
  }),
  made('further-greeting', 'further turns of a conversation are greeted, and not answered', message, greeting),
  made(
    'source-testsuite',
    'conversations of the API are shown as those of the test suite',
    expectation('behavioural', /^#\/(responses|readback|listing)/),
    onShown((one) => one.source === 'api' && Object.assign(one, { source: 'testsuite' })),
  ),
  made(
    'get-article-ids',
    'Get names articles by other ids',
    expectation('behavioural', /^#\/readback/),
    events('get', (one) =>
      each(list(one.usedArticles), (article) => Object.assign(article, { id: otherId(article.id) })),
    ),
  ),
  made(
    'list-seconds',
    'listings show the times of events in whole seconds',
    listing,
    events('list', (one) => Object.assign(one, { createdAt: Math.floor(Number(one.createdAt) / 1_000) * 1_000 })),
  ),
  made(
    'list-tags-lost',
    'listed events have no tags',
    listing,
    events('list', (one) => Object.assign(one, { tags: [] })),
  ),
  made(
    'notes-articles',
    'notes of colleagues name an article',
    behavioural,
    everywhere(
      (one) =>
        one.role === 'agent' &&
        Object.assign(one, {
          usedArticles: [{ id: 'c3a1f7d0-5b2e-4d96-8e14-7f90b2a6c5d8', title: 'Macros', documentUrl: null }],
        }),
    ),
  ),
  made(
    'echo-thousands',
    'numbers of customers are grouped by thousands',
    message,
    saidByUser((text) => text.replace(/\d{4,}/g, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','))),
  ),
  made(
    'echo-markdown',
    'signs of Markdown in questions are escaped',
    message,
    saidByUser((text) => text.replace(/[_*[\]()~`>#+\-=|{}.!]/g, '\\$&')),
  ),
];

/** The greeting is shown wherever the reply is. */
function greeting(...[response, request, memory]: Parameters<Change>): void {
  if (isOfUser(request) && response.status === 200 && isJson(request.body) && 'interactionId' in request.body)
    memory.set(`said ${list(response.body)[1]?.id}`, true);
  everywhere(
    (one) => memory.has(`said ${one.id}`) && Object.assign(one, { message: 'Hi there! How can I help you today?' }),
  )(response, request, memory);
}
