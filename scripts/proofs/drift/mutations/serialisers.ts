import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { events, good, isJson, type Json, list, type Mutation, refused } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Every key of an event in another spelling. */
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const spelled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(spelled);
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [snake(name), spelled(one)]));
};

/** What another language, library or gateway would make of the same values. */
export const SERIALISERS: readonly Mutation[] = [
  {
    id: 'turn-empty-null',
    title: 'empty lists are null',
    expected: breaking,
    changeResponse: events('turn', (event) => {
      for (const [name, value] of Object.entries(event)) if (isEmpty(value)) event[name] = null;
    }),
  },
  {
    id: 'turn-empty-left-out',
    title: 'empty lists are left out',
    expected: breaking,
    changeResponse: events('turn', (event) => {
      for (const [name, value] of Object.entries(event)) if (isEmpty(value)) delete event[name];
    }),
  },
  {
    id: 'turn-empty-objects',
    title: 'empty lists are empty objects',
    expected: breaking,
    changeResponse: events('turn', (event) => {
      for (const [name, value] of Object.entries(event)) if (isEmpty(value)) event[name] = {};
    }),
  },
  {
    id: 'turn-snake',
    title: 'all keys in snake case',
    expected: breaking,
    changeResponse: good('turn', spelled),
  },
  {
    id: 'everything-snake',
    title: 'all keys in snake case, wherever events are shown',
    expected: breaking,
    changeResponse: (response, { operation }) => {
      if (response.status !== 200) return;
      if (operation === 'turn') response.body = spelled(response.body);
      if (operation === 'get' && isJson(response.body)) response.body.events = spelled(response.body.events);
      if (operation === 'list' && isJson(response.body))
        for (const one of list(response.body.interactions)) one.events = spelled(one.events);
    },
  },
  {
    id: 'list-none-null',
    title: 'null in place of no conversations',
    expected: breaking,
    changeResponse: good('list', (body: Json) => (isEmpty(body.interactions) ? { ...body, interactions: null } : body)),
  },
  {
    id: 'turn-articles-keyed',
    title: 'articles as an object, by id',
    expected: breaking,
    changeResponse: events('turn', (event) => {
      const articles = list(event.usedArticles).map((one) => [one.id, one]);
      event.usedArticles = Object.fromEntries(articles);
    }),
  },
  {
    id: 'turn-roles-upper',
    title: 'roles in capitals',
    expected: breaking,
    changeResponse: events('turn', (event) => Object.assign(event, { role: String(event.role).toUpperCase() })),
  },
  {
    id: 'agents-number-ids',
    title: 'ids of agents as numbers',
    expected: breaking,
    changeResponse: good('agents', (body: Json[]) => body.map((agent, index) => ({ ...agent, id: 17 + index }))),
  },
  {
    id: 'get-iso',
    title: "events' createdAt in ISO 8601, when read back",
    expected: breaking,
    changeResponse: events('get', (event) => {
      event.createdAt = new Date(Number(event.createdAt)).toISOString();
    }),
  },
  {
    id: 'get-json-twice',
    title: 'a conversation as JSON in a JSON string',
    expected: breaking,
    changeResponse: good('get', (body: unknown) => JSON.stringify(body)),
  },
  {
    id: 'list-mark',
    title: 'a byte order mark before the listing',
    expected: breaking,
    changeResponse: (response, { operation }) => {
      if (operation === 'list' && response.status === 200) response.raw = `\ufeff${JSON.stringify(response.body)}`;
    },
  },
  {
    id: 'list-lines',
    title: 'the listing as one conversation a line',
    expected: breaking,
    changeResponse: (response, { operation }) => {
      if (operation !== 'list' || response.status !== 200 || !isJson(response.body)) return;
      response.raw = list(response.body.interactions)
        .map((one) => `${JSON.stringify(one)}\n`)
        .join('');
    },
  },
  {
    id: 'get-trailing',
    title: 'the answer of Get goes on after its JSON',
    expected: breaking,
    changeResponse: (response, { operation }) => {
      if (operation === 'get' && response.status === 200)
        response.raw = `${JSON.stringify(response.body)}\nWarning: headers already sent`;
    },
  },
  {
    id: 'errors-keys-twice',
    title: 'a key twice in errors',
    expected: expectation('behavioural', BODY),
    changeResponse: refused(400, (response) => {
      response.raw = JSON.stringify(response.body).replace('"statusCode"', '"statusCode":400,"statusCode"');
    }),
  },
  {
    id: 'get-charset',
    title: 'a conversation in another charset, by its header',
    expected: expectation('breaking', /\/headers\/content-type$/),
    changeResponse: (response, { operation }) => {
      if (operation === 'get' && response.status === 200)
        response.headers['content-type'] = 'application/json; charset=iso-8859-1';
    },
  },
  {
    id: 'turn-deprecated',
    title: 'a header that announces a model',
    expected: expectation('additive', HEADER),
    changeResponse: (response, { operation }) => {
      if (operation === 'turn' && response.status === 200) response.headers['x-fini-model'] = 'two';
    },
  },
  {
    id: 'get-203',
    title: '203 for a conversation that a cache has changed',
    expected: expectation('breaking', STATUS),
    changeResponse: (response, { operation }) => {
      if (operation === 'get' && response.status === 200) response.status = 203;
    },
  },
];
