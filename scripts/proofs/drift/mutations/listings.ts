import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { BODY, expectation } from '../expectations.ts';
import { events, good, type Json, list, type Mutation } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const LISTING = expectation('behavioural', /^#\/listing/);
const AGENTS = expectation('behavioural', /^#\/agents/);
const READBACK = expectation('behavioural', /^#\/readback/);

/** Changes of listings, and of what is read back. */
export const LISTINGS: readonly Mutation[] = [
  {
    id: 'agents-reversed',
    title: 'agents oldest first',
    expected: AGENTS,
    changeResponse: good('agents', (body: Json[]) => [...body].reverse()),
  },
  { id: 'agents-none', title: 'no agents', expected: AGENTS, changeResponse: good('agents', () => []) },
  {
    id: 'agents-twice',
    title: 'each agent twice',
    expected: AGENTS,
    changeResponse: good('agents', (body: Json[]) => body.flatMap((agent) => [agent, agent])),
  },
  {
    id: 'list-no-cursor',
    title: 'there is more, and no cursor to it',
    expected: LISTING,
    changeResponse: good('list', (body: Json) => (body.hasMore === true ? { ...body, nextCursor: null } : body)),
  },
  {
    id: 'list-ends-early',
    title: 'the first page says that it is the last',
    expected: LISTING,
    changeResponse: good('list', (body: Json) => ({ ...body, hasMore: false, nextCursor: null })),
  },
  {
    id: 'list-limit-lost',
    title: 'limit is ignored',
    expected: LISTING,
    changeRequest: ({ operation, query }) => {
      if (operation !== 'list' || query.get('limit') !== '2') return undefined;
      const other = new URLSearchParams(query);
      other.set('limit', '5');
      return { path: `${CONVERSATIONS_PATH}?${other}` };
    },
  },
  {
    id: 'list-seconds',
    title: "conversations' createdAt in seconds",
    expected: expectation('behavioural', /createdAt$/),
    changeResponse: good('list', (body: Json) => {
      for (const one of list(body.interactions)) one.createdAt = Math.floor(Number(one.createdAt) / 1_000);
    }),
  },
  {
    id: 'list-snake',
    title: 'has_more in place of hasMore',
    expected: breaking,
    changeResponse: good('list', ({ hasMore, ...rest }: Json) => ({ ...rest, has_more: hasMore })),
  },
  {
    id: 'list-null-item',
    title: 'null among the conversations',
    expected: breaking,
    changeResponse: good('list', (body: Json) => ({ ...body, interactions: [...list(body.interactions), null] })),
  },
  {
    id: 'get-articles-renamed',
    title: "articles in place of events' usedArticles, when read back",
    expected: breaking,
    changeResponse: events('get', (event) => {
      event.articles = event.usedArticles;
      delete event.usedArticles;
    }),
  },
  {
    id: 'get-twice',
    title: 'Get shows each event twice',
    expected: READBACK,
    changeResponse: good('get', (body: Json) => ({
      ...body,
      events: list(body.events).flatMap((event) => [event, event]),
    })),
  },
  {
    id: 'get-seconds',
    title: "events' createdAt in seconds, when read back",
    expected: READBACK,
    changeResponse: events('get', (event) =>
      Object.assign(event, { createdAt: Math.floor(Number(event.createdAt) / 1_000) }),
    ),
  },
  {
    id: 'get-nfd',
    title: 'Get shows texts in another Unicode form',
    expected: READBACK,
    changeResponse: events('get', (event) =>
      Object.assign(event, { message: String(event.message).normalize('NFKD') }),
    ),
  },
  {
    id: 'get-empty',
    title: 'Get shows no events',
    expected: READBACK,
    changeResponse: good('get', (body: Json) => ({ ...body, events: [] })),
  },
  {
    id: 'turn-third',
    title: 'a third event of a role that is none',
    expected: breaking,
    changeResponse: good('turn', (body: Json[]) =>
      body.length === 2 ? [...body, { ...body[1], id: crypto.randomUUID(), role: 'system' }] : body,
    ),
  },
  {
    id: 'turn-rating-fraction',
    title: 'csatRating with a fraction',
    expected: breaking,
    changeResponse: events('turn', (event) => Object.assign(event, { csatRating: 4.5 })),
  },
  {
    id: 'turn-external-seconds',
    title: 'externalCreatedAt in seconds',
    expected: breaking,
    changeResponse: events('turn', (event) => Object.assign(event, { externalCreatedAt: 1_770_000_000 })),
  },
  {
    id: 'list-keys-twice',
    title: 'a key twice in a page',
    expected: expectation('behavioural', BODY),
    changeResponse: (response, { operation }) => {
      if (operation === 'list' && response.status === 200)
        response.raw = JSON.stringify(response.body).replace('"hasMore"', '"hasMore":false,"hasMore"');
    },
  },
];
