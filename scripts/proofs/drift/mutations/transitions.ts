import { BODY, expectation } from '../expectations.ts';
import { type Change, each, everywhere, maker, named, onConversation, onPage, onReply, onShown } from './changes.ts';
import { good, isJson, type Json, list, type Mutation } from './mutation.ts';

const breakingAt = (name: string) => expectation('breaking', new RegExp(`/${name}$`));
const behaviouralAt = (name: string) =>
  expectation('behavioural', new RegExp(`/${name}$|^#/(listing|readback)/.*${name}`));
const additiveAt = (name: string) => expectation('additive', new RegExp(`/(${name})$`));
const made = maker('transition');

const DAY_CHARS = 10;
const MINUTE_MS = 60_000;
const SHORT = 40;
const HASH = '$2b$12$KIXQvJ7pYk0m1uS9fT8bZeW3nLr5hD2cVxGqAoE6iUjRwMtNyPsHa';
const GERMAN: Readonly<Record<string, string>> = {
  'Track your order': 'Bestellung verfolgen',
  'Delivery times': 'Lieferzeiten',
  'Returns and refunds': 'Rückgabe und Erstattung',
  'Find your invoices': 'Rechnungen finden',
  'Payment methods': 'Zahlungsarten',
  'Reset your password': 'Passwort zurücksetzen',
  'Change or cancel your plan': 'Tarif ändern oder kündigen',
  'Your data': 'Ihre Daten',
  'Webhook deliveries': 'Zustellung von Webhooks',
};
/** What a message of Protocol Buffers has where nothing was set. */
const DEFAULTS: Json = {
  externalId: '',
  externalCreatedAt: 0,
  csatRating: 0,
  feedback: '',
  approved: false,
  resolved: false,
};

const events = (values: (one: Json) => Json): Change => everywhere((one) => Object.assign(one, values(one)));
const shown = (values: (one: Json) => Json): Change => onShown((one) => Object.assign(one, values(one)));
const attributes = (values: Json): Change =>
  shown(({ userAttributes }) => ({ userAttributes: { ...(isJson(userAttributes) ? userAttributes : {}), ...values } }));

/** What is kept and shown moved to another serialiser, database or index. Written before any was run. */
export const TRANSITIONS: readonly Mutation[] = [
  made(
    'events-by-id',
    'Get shows events by their ids',
    breakingAt('events'),
    onConversation((one) => {
      one.events = Object.fromEntries(list(one.events).map((event) => [event.id, event]));
    }),
  ),
  made(
    'empty-omitted',
    'lists of events that are empty are left out',
    expectation('breaking', BODY),
    everywhere((one) => {
      for (const [name, value] of Object.entries(one)) if (Array.isArray(value) && value.length === 0) delete one[name];
    }),
  ),
  made(
    'booleans-numbered',
    'hasFeedback is 0 or 1',
    breakingAt('hasFeedback'),
    shown(({ hasFeedback }) => ({ hasFeedback: Number(hasFeedback) })),
  ),
  made(
    'long-numbers',
    'createdAt of events is written as a long number of a document',
    breakingAt('createdAt'),
    events(({ createdAt }) => ({ createdAt: { $numberLong: String(createdAt) } })),
  ),
  made(
    'one-unwrapped',
    'one article is an article instead of a list',
    breakingAt('usedArticles'),
    everywhere((one) => {
      const [first, ...more] = list(one.usedArticles);
      if (first !== undefined && more.length === 0) one.usedArticles = first;
    }),
  ),
  made(
    'agent-day',
    'agents were created on a day',
    breakingAt('createdAt'),
    good('agents', (body: Json[]) =>
      each(body, (one) => Object.assign(one, { createdAt: String(one.createdAt).slice(0, DAY_CHARS) })),
    ),
  ),
  made(
    'list-ids-plain',
    'listings show ids of events without hyphens',
    breakingAt('id'),
    onPage((page) =>
      each(list(page.interactions), (one) =>
        each(list(one.events), (event) => Object.assign(event, { id: String(event.id).replaceAll('-', '') })),
      ),
    ),
  ),
  made(
    'external-seconds',
    'externalCreatedAt is filled, in seconds',
    breakingAt('externalCreatedAt'),
    events(({ createdAt }) => ({ externalCreatedAt: Math.floor(Number(createdAt) / 1_000) })),
  ),
  made(
    'defaults',
    'what is not set has the default of its type',
    expectation('behavioural', new RegExp(`/(${Object.keys(DEFAULTS).join('|')})$`)),
    events((one) => Object.fromEntries(Object.entries(DEFAULTS).filter(([name]) => one[name] === null))),
  ),
  made(
    'minutes',
    'events are dated to the minute',
    behaviouralAt('createdAt'),
    events(({ createdAt }) => ({ createdAt: Math.floor(Number(createdAt) / MINUTE_MS) * MINUTE_MS })),
  ),
  made(
    'status-capitals',
    'the status of conversations is in capitals',
    behaviouralAt('status'),
    shown(({ status }) => ({ status: String(status).toUpperCase() })),
  ),
  made(
    'source-renamed',
    'conversations of the API have another source',
    behaviouralAt('source'),
    shown(({ source }) => ({ source: source === 'api' ? 'public-api' : source })),
  ),
  made(
    'articles-latest',
    'a conversation names the articles of its latest event',
    behaviouralAt('usedArticles'),
    shown(({ events: all }) => ({ usedArticles: list(list(all).at(-1)?.usedArticles) })),
  ),
  made(
    'attributes-latest',
    'a conversation that goes on has no attributes',
    behaviouralAt('userAttributes'),
    shown(({ events: all, userAttributes }) => ({ userAttributes: list(all).length > 2 ? {} : userAttributes })),
  ),
  made(
    'titles-german',
    'articles have German titles',
    behaviouralAt('title'),
    named((one) => Object.assign(one, { title: GERMAN[String(one.title)] ?? one.title })),
  ),
  made(
    'urls-plain',
    'articles are opened without encryption, by their port',
    behaviouralAt('documentUrl'),
    named((one) => {
      if (typeof one.documentUrl === 'string')
        one.documentUrl = one.documentUrl.replace('https://help.example.com', 'http://help.example.com:8080');
    }),
  ),
  made(
    'list-shortened',
    'listings shorten messages to forty characters',
    behaviouralAt('message'),
    onPage((page) =>
      each(list(page.interactions), (one) =>
        each(list(one.events), (event) => Object.assign(event, { message: String(event.message).slice(0, SHORT) })),
      ),
    ),
  ),
  made(
    'get-capitals',
    'Get shows the id of the conversation in capitals',
    behaviouralAt('id'),
    onConversation((one) => Object.assign(one, { id: String(one.id).toUpperCase() })),
  ),
  made(
    'password-hash',
    'attributes have the hash of a password',
    expectation('critical', /userAttributes/),
    attributes({ passwordHash: HASH }),
  ),
  made(
    'social-security',
    'attributes have the number of the social security',
    expectation('critical', /userAttributes/),
    attributes({ ssn: '536-90-4399', birthDate: '1984-02-11' }),
  ),
  made(
    'usage',
    'replies say how many tokens they took',
    additiveAt('usage'),
    onReply((one) => Object.assign(one, { usage: { inputTokens: 812, outputTokens: 64 } })),
  ),
  made(
    'scores',
    'articles say how well they fit',
    additiveAt('score|rank'),
    named((one) => Object.assign(one, { score: 0.83, rank: 2 })),
  ),
];
