import { BODY, expectation } from '../expectations.ts';
import { maker, onArticles, onConversation, onListed, onReply, onTurn } from './changes.ts';
import { good, type Json, list, type Mutation } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const behavioural = expectation('behavioural', BODY);
const made = maker('rewrite');
const renamed = (one: Json, from: string, to: string): Json =>
  Object.fromEntries(Object.entries(one).map(([name, value]) => [name === from ? to : name, value]));
const pascal = (one: Json): Json =>
  Object.fromEntries(Object.entries(one).map(([name, value]) => [name.replace(/^./, (a) => a.toUpperCase()), value]));
const iso = (ms: unknown): string => new Date(Number(ms)).toISOString();
const HOUR_MS = 3_600_000;

/** Values, names and wrappers as a team that rewrites its serialisers would change them. */
export const REWRITES: readonly Mutation[] = [
  made(
    'id-prefixed',
    'ids of events with a prefix',
    breaking,
    onTurn(({ id }) => ({ id: `evt_${id}` })),
  ),
  made(
    'id-short',
    'ids of twelve digits',
    breaking,
    onTurn(({ id }) => ({ id: String(id).slice(-12) })),
  ),
  made(
    'id-number',
    'ids as numbers',
    breaking,
    onTurn(({ id }) => ({ id: Number.parseInt(String(id).slice(0, 8), 16) })),
  ),
  made(
    'agent-zone',
    "agents' createdAt without a zone",
    breaking,
    good('agents', (body: Json[]) =>
      body.map((one) => ({ ...one, createdAt: String(one.createdAt).replace('Z', '') })),
    ),
  ),
  made(
    'agent-date',
    "agents' createdAt as a date",
    breaking,
    good('agents', (body: Json[]) => body.map((one) => ({ ...one, createdAt: String(one.createdAt).slice(0, 10) }))),
  ),
  made(
    'agent-name-null',
    'agents without a name',
    breaking,
    good('agents', (body: Json[]) => body.map((one) => ({ ...one, name: null }))),
  ),
  made(
    'agent-id-renamed',
    'id of agents is botId',
    breaking,
    good('agents', (body: Json[]) => body.map((one) => renamed(one, 'id', 'botId'))),
  ),
  made(
    'listed-created-iso',
    'createdAt of listed conversations as ISO time',
    behavioural,
    onListed(({ createdAt }) => ({ createdAt: iso(createdAt) })),
  ),
  made(
    'zone-shifted',
    'the time zone of the server in createdAt',
    behavioural,
    onTurn(({ createdAt }) => ({ createdAt: Number(createdAt) + HOUR_MS })),
  ),
  made('role-bot', 'the AI is bot, when it is read back', breaking, (response, request) => {
    if (request.operation !== 'get' || response.status !== 200) return;
    response.body = JSON.parse(JSON.stringify(response.body).replaceAll('"role":"finibot"', '"role":"bot"'));
  }),
  made('type-capitals', 'type in capitals', breaking, onTurn({ type: 'MESSAGE' })),
  made(
    'message-object',
    'the message in an object',
    breaking,
    onTurn(({ message }) => ({ message: { text: message } })),
  ),
  made(
    'articles-null-item',
    'null among the articles',
    breaking,
    onReply((one) => Object.assign(one, { usedArticles: [...list(one.usedArticles), null] })),
  ),
  made(
    'articles-wrapped',
    'usedArticles with a total',
    breaking,
    onTurn(({ usedArticles }) => ({ usedArticles: { items: usedArticles, total: list(usedArticles).length } })),
  ),
  made(
    'article-id-number',
    'ids of articles as numbers',
    breaking,
    onArticles((article) => Object.assign(article, { id: 41 })),
  ),
  made(
    'article-url-blank',
    'documentUrl empty',
    breaking,
    onArticles((article) => Object.assign(article, { documentUrl: '' })),
  ),
  made(
    'article-title-languages',
    'titles by language',
    breaking,
    onArticles((article) => Object.assign(article, { title: { en: article.title } })),
  ),
  made('csat-digits', 'csatRating as digits in a string', breaking, onTurn({ csatRating: '5' })),
  made('feedback-object', 'feedback with its time', breaking, onTurn({ feedback: { text: 'Good', at: 1 } })),
  made('external-id-number', 'externalId as a number', breaking, onTurn({ externalId: 42 })),
  made(
    'external-time-iso',
    'externalCreatedAt as ISO time',
    breaking,
    onTurn(({ createdAt }) => ({ externalCreatedAt: iso(createdAt) })),
  ),
  made('approved-history', 'approved as a history', breaking, onTurn({ approved: [] })),
  made('tags-map', 'tags by name', breaking, onTurn({ tags: {} })),
  made(
    'attachment-singular',
    'attachments is attachment',
    breaking,
    good('turn', (body: Json[]) => body.map((one) => renamed(one, 'attachments', 'attachment'))),
  ),
  made(
    'message-text',
    'message is text',
    breaking,
    good('turn', (body: Json[]) => body.map((one) => renamed(one, 'message', 'text'))),
  ),
  made(
    'type-dropped',
    'events without type',
    breaking,
    good('turn', (body: Json[]) => body.map(({ type, ...one }) => one)),
  ),
  made(
    'keys-pascal',
    'keys begin with a capital',
    breaking,
    good('turn', (body: Json[]) => body.map(pascal)),
  ),
  made(
    'event-wrapped',
    'each event in {event: ...}',
    breaking,
    good('turn', (body: Json[]) => body.map((event) => ({ event }))),
  ),
  made(
    'get-wrapped',
    'a conversation in {interaction: ...}',
    breaking,
    good('get', (body: Json) => ({ interaction: body })),
  ),
  made(
    'status-object',
    'the status of a conversation with its label',
    breaking,
    onConversation((body) => Object.assign(body, { status: { code: 1, label: 'open' } })),
  ),
  made(
    'channel-list',
    'channel as a list',
    breaking,
    onConversation((body) => Object.assign(body, { channel: [body.channel] })),
  ),
  made(
    'has-feedback-text',
    'hasFeedback as text',
    breaking,
    onListed(() => ({ hasFeedback: 'false' })),
  ),
  made(
    'attributes-text',
    'userAttributes as JSON in a string',
    breaking,
    onListed(({ userAttributes }) => ({ userAttributes: JSON.stringify(userAttributes) })),
  ),
  made(
    'listed-events-page',
    'the events of listed conversations as a page',
    breaking,
    onListed(({ events }) => ({ events: { items: events, hasMore: false } })),
  ),
];
