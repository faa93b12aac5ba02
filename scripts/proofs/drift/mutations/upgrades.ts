import { BODY, expectation } from '../expectations.ts';
import { each, maker, onArticles, onConversation, onListed, onPage, onReply, onTurn } from './changes.ts';
import { events, good, type Json, list, type Mutation } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const behavioural = expectation('behavioural', BODY);
const additive = expectation('additive', BODY);
const made = maker('upgrade');
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const MINUTE_MS = 60_000;
const ulid = (id: unknown): string =>
  String(id)
    .replaceAll('-', '')
    .slice(0, 26)
    .replace(/./g, (digit) => ALPHABET[Number.parseInt(digit, 16) + 16] ?? '0');

/** Ids, times, numbers and lists after an upgrade of the libraries that write them. Written before any of them was run. */
export const UPGRADES: readonly Mutation[] = [
  made(
    'ids-ulid',
    'ids of events are ULIDs',
    breaking,
    onTurn(({ id }) => ({ id: ulid(id) })),
  ),
  made(
    'ids-urn',
    'ids of events as URN',
    breaking,
    onTurn(({ id }) => ({ id: `urn:uuid:${id}` })),
  ),
  made(
    'ids-plain',
    'ids of events without hyphens',
    breaking,
    onTurn(({ id }) => ({ id: String(id).replaceAll('-', '') })),
  ),
  made(
    'created-micro',
    'createdAt in microseconds',
    breaking,
    onTurn(({ createdAt }) => ({ createdAt: Number(createdAt) * 1000 + 417 })),
  ),
  made(
    'created-fraction',
    'createdAt with a fraction',
    breaking,
    onTurn(({ createdAt }) => ({ createdAt: Number(createdAt) + 0.25 })),
  ),
  made('created-minute', 'createdAt to the minute', behavioural, (response, request) => {
    const toMinute = (one: Json): void =>
      void Object.assign(one, { createdAt: Math.floor(Number(one.createdAt) / MINUTE_MS) * MINUTE_MS });
    for (const operation of ['turn', 'get', 'list'] as const) events(operation, toMinute)(response, request, new Map());
  }),
  made(
    'created-local',
    'createdAt as a time with an offset',
    breaking,
    onTurn(({ createdAt }) => ({ createdAt: new Date(Number(createdAt)).toISOString().replace('Z', '+02:00') })),
  ),
  made(
    'article-slug',
    'ids of articles are slugs',
    breaking,
    onArticles((one) => Object.assign(one, { id: String(one.title).toLowerCase().replaceAll(' ', '-') })),
  ),
  made(
    'article-relative',
    'documentUrl without its host',
    breaking,
    onArticles((one) => Object.assign(one, { documentUrl: '/articles/17' })),
  ),
  made(
    'articles-ids',
    'usedArticles are ids alone',
    breaking,
    onReply((one) => Object.assign(one, { usedArticles: list(one.usedArticles).map(({ id }) => id) })),
  ),
  made(
    'articles-nested',
    'usedArticles by collection',
    breaking,
    onReply((one) => Object.assign(one, { usedArticles: [one.usedArticles] })),
  ),
  made(
    'article-excerpt',
    'articles with an excerpt',
    additive,
    onArticles((one) => Object.assign(one, { excerpt: 'How to return an item.' })),
  ),
  made(
    'article-score',
    'articles with a score',
    additive,
    onArticles((one) => Object.assign(one, { score: 0.87 })),
  ),
  made(
    'external-id-blank',
    'externalId is empty in place of null',
    behavioural,
    onTurn(({ externalId }) => ({ externalId: externalId ?? '' })),
  ),
  made('resolved-word', 'resolved as a word', breaking, onTurn({ resolved: 'false' })),
  made('approved-zero', 'approved as a number', breaking, onTurn({ approved: 0 })),
  made('feedback-list', 'feedback as an empty list', breaking, onTurn({ feedback: [] })),
  made('attachments-count', 'attachments as their number', breaking, onTurn({ attachments: 0 })),
  made(
    'csat-default',
    'csatRating is 5 where nobody rated',
    behavioural,
    onTurn(({ csatRating }) => ({ csatRating: csatRating ?? 5 })),
  ),
  made('rating-fraction', 'csatRating with decimals', breaking, onTurn({ csatRating: 4.5 })),
  made(
    'list-feedback-number',
    'hasFeedback of listed conversations as a number',
    breaking,
    onListed(({ hasFeedback }) => ({ hasFeedback: hasFeedback === true ? 1 : 0 })),
  ),
  made(
    'attributes-pairs',
    'userAttributes as pairs of key and value',
    breaking,
    onListed(({ userAttributes }) => ({
      userAttributes: Object.entries((userAttributes ?? {}) as Json).map(([key, value]) => ({ key, value })),
    })),
  ),
  made(
    'get-url-filled',
    'Get shows a URL of the conversation',
    behavioural,
    onConversation((body) => Object.assign(body, { url: `https://app.example.com/c/${body.id}` })),
  ),
  made(
    'get-language',
    'Get shows the language of a conversation',
    additive,
    onConversation((body) => Object.assign(body, { language: 'en' })),
  ),
  made(
    'get-subfolders',
    'usedSubfolders as one text',
    breaking,
    onConversation((body) => Object.assign(body, { usedSubfolders: '' })),
  ),
  made(
    'agents-names',
    'names of agents by language',
    breaking,
    good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, { name: { en: one.name } }))),
  ),
  made(
    'agents-fraction',
    "agents' createdAt as a number of seconds with a fraction",
    breaking,
    good('agents', (body: Json[]) =>
      each(body, (one) => Object.assign(one, { createdAt: Date.parse(String(one.createdAt)) / 1000 })),
    ),
  ),
  made(
    'page-more-null',
    'hasMore is null at the end',
    breaking,
    onPage((body) => body.hasMore === false && Object.assign(body, { hasMore: null })),
  ),
  made(
    'page-cursor-object',
    'cursors as objects',
    breaking,
    onPage(
      (body) => typeof body.nextCursor === 'string' && Object.assign(body, { nextCursor: { after: body.nextCursor } }),
    ),
  ),
  made(
    'page-map',
    'listed conversations by id',
    breaking,
    onPage((body) =>
      Object.assign(body, { interactions: Object.fromEntries(list(body.interactions).map((one) => [one.id, one])) }),
    ),
  ),
  made(
    'event-interaction',
    'events name their conversation',
    additive,
    onTurn({ interactionId: '3f0e9c52-6a1b-4c7d-8e2f-90a1b2c3d4e5' }),
  ),
  made(
    'events-alone',
    'listed conversations without events',
    expectation('behavioural', /^#\/listing/),
    onListed(() => ({ events: [] })),
  ),
];
