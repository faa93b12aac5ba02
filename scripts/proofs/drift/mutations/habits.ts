import { expectation, HEADER, STATUS } from '../expectations.ts';
import {
  type Change,
  each,
  everySecondReply,
  everywhere,
  header,
  maker,
  onPage,
  onShown,
  saidByAi,
  saidByUser,
} from './changes.ts';
import { events, good, isJson, type Json, list, type Mutation } from './mutation.ts';
import { idIn, isOwn, noteOwners, ownersOf } from './owners.ts';

const message = expectation('behavioural', /\/message$/);
const attributes = expectation('behavioural', /userAttributes/);
const listing = expectation('behavioural', /^#\/listing/);
const readback = expectation('behavioural', /^#\/(readback|listing)/);
const shifted = expectation('statistical', /\/message$|^#\/distribution/);
const made = maker('habit');

const COLUMN = /(.{20,40}) /g;
const AHEAD_MS = 10_000;
const PHONE = ' Or call us: +49 30 5683 0111.';
const ROLES = ['agent', 'finibot', 'otherbot', 'user'];

const reply = (id: string, title: string, change: (text: string) => string): Mutation =>
  made(
    id,
    title,
    message,
    saidByAi((one) => change(String(one.message))),
  );
const half = (id: string, title: string, change: (text: string) => string): Mutation =>
  made(id, title, shifted, everySecondReply(change));
const ofCustomers = (id: string, title: string, change: (all: Json) => Json): Mutation =>
  made(
    id,
    title,
    attributes,
    onShown((one) => isJson(one.userAttributes) && Object.assign(one, { userAttributes: change(one.userAttributes) })),
  );

/** What a service does by habit, and did not do before. Written before any was run. */
export const HABITS: readonly Mutation[] = [
  made(
    'equal-once',
    'of conversations that begin with the same text the latest one is listed',
    listing,
    onPage((page) => {
      const seen = new Set<unknown>();
      page.interactions = list(page.interactions).filter((one) => {
        const text = list(one.events)[0]?.message;
        const isNew = !seen.has(text);
        seen.add(text);
        return isNew;
      });
    }),
  ),
  made('agents-counted', 'names of agents count their conversations', expectation('behavioural', /\/name$/), counted),
  made(
    'one-is-last',
    'a page of one conversation says that it is the last',
    listing,
    onPage((page, { query }) => {
      if (query.get('limit') === '1') Object.assign(page, { hasMore: false, nextCursor: null });
    }),
  ),
  ofCustomers('digits-as-numbers', 'attributes that consist of digits are numbers', (all) =>
    Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, /^\d+$/.test(String(value)) ? Number(value) : value]),
    ),
  ),
  ofCustomers('attributes-flat', 'attributes within attributes have a name with a point', flat),
  made(
    'foreign-404',
    'for a conversation of another workspace there is 404, and 500 for one that nobody has',
    expectation('behavioural', STATUS),
    (response, request, memory) => {
      noteOwners(response, request, memory);
      const id = idIn(request);
      if (request.operation !== 'get' || response.status !== 500) return;
      if (ownersOf(id, memory).length > 0 && !isOwn(id, request, memory))
        Object.assign(response, { status: 404, body: { statusCode: 404, message: 'Not found', error: 'Not Found' } });
    },
  ),
  made('decoded-again', 'what is percent-encoded in questions is decoded', message, saidByUser(decoded)),
  made(
    'unescaped',
    'backslashes of questions are taken for escapes',
    message,
    saidByUser((text) => text.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1')),
  ),
  reply('wrapped', 'lines of replies end after forty characters', (text) => text.replace(COLUMN, '$1\n')),
  made(
    'replies-ahead',
    'replies are dated ten seconds ahead',
    expectation('behavioural', /\/createdAt$/),
    everywhere((one) => one.role === 'finibot' && Object.assign(one, { createdAt: Number(one.createdAt) + AHEAD_MS })),
  ),
  made('seconds-by-role', 'Get shows events of the same second in the order of their roles', readback, byRole),
  made(
    'tags-reversed',
    'Get shows the tags of an event in the other order',
    readback,
    events('get', (one) => Object.assign(one, { tags: [...(one.tags as unknown[])].reverse() })),
  ),
  made(
    'editor-addresses',
    'articles of conversations have the address of their editor, and articles of events do not',
    expectation('behavioural', /\/usedArticles(\/|$)/),
    onShown((one) =>
      each(list(one.usedArticles), (article) =>
        Object.assign(article, {
          documentUrl: article.documentUrl && String(article.documentUrl).replace('/articles/', '/articles/edit/'),
        }),
      ),
    ),
  ),
  made(
    'kept-by-caches',
    'caches may keep the agents for five minutes',
    expectation('behavioural', HEADER),
    header('agents', 'cache-control', 'public, max-age=300'),
  ),
  half('bold', 'half of the replies begin in bold', (text) => text.replace(/^\S+ \S+/, '**$&**')),
  half('telephone', 'half of the replies name the telephone number of the desk', (text) => text + PHONE),
  {
    ...made(
      'in-vain',
      'replies without articles take twice as long',
      expectation('statistical', /^#\/distribution/),
      (response, { operation }) => {
        const [, replied] = list(response.body);
        if (operation === 'turn' && replied !== undefined && list(replied.usedArticles).length === 0)
          response.delayMs = response.tookMs;
      },
    ),
    isDistribution: true,
  },
];

function counted(...[response, request, memory]: Parameters<Change>): void {
  if (request.operation === 'turn' && response.status === 200)
    memory.set('turns', Number(memory.get('turns') ?? 0) + 1);
  good('agents', (body: Json[]) =>
    each(list(body), (one) => Object.assign(one, { name: `${one.name} (${memory.get('turns') ?? 0})` })),
  )(response, request, memory);
}

function flat(all: Json): Json {
  const inner = ([name, value]: [string, unknown]): [string, unknown][] =>
    isJson(value) ? Object.entries(value).map(([of, one]) => [`${name}.${of}`, one]) : [[name, value]];
  return Object.fromEntries(Object.entries(all).flatMap(inner));
}

function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

function byRole(...[response, request]: Parameters<Change>): void {
  if (request.operation !== 'get' || response.status !== 200 || !isJson(response.body)) return;
  const place = (one: Json): number => ROLES.indexOf(String(one.role));
  const second = (one: Json): number => Math.floor(Number(one.createdAt) / 1_000);
  response.body.events = list(response.body.events).sort((a, b) => second(a) - second(b) || place(a) - place(b));
}
