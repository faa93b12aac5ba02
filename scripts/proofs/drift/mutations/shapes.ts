import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { events, good, isJson, type Json, list, type Mutation, refused } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const additive = expectation('additive', BODY);

/** Changes of types, names and presence, by operation. */
export const SHAPES: readonly Mutation[] = [
  {
    id: 'get-without-status',
    title: 'a conversation without status, when it is read',
    expected: breaking,
    changeResponse: good('get', (body: Json) => void delete body.status),
  },
  {
    id: 'list-more-as-text',
    title: 'hasMore as a string',
    expected: breaking,
    changeResponse: good('list', (body: Json) => Object.assign(body, { hasMore: String(body.hasMore) })),
  },
  {
    id: 'list-renamed',
    title: 'conversations in place of interactions',
    expected: breaking,
    changeResponse: good('list', ({ interactions, ...rest }: Json) => ({ conversations: interactions, ...rest })),
  },
  {
    id: 'list-cursor-number',
    title: 'cursors as numbers',
    expected: breaking,
    changeResponse: good('list', (body: Json) => Object.assign(body, { prevCursor: 17 })),
  },
  {
    id: 'list-without-cursor',
    title: 'no prevCursor',
    expected: breaking,
    changeResponse: good('list', (body: Json) => void delete body.prevCursor),
  },
  {
    id: 'list-bare',
    title: 'a bare array of conversations',
    expected: breaking,
    changeResponse: good('list', ({ interactions }: Json) => interactions),
  },
  {
    id: 'list-total',
    title: 'a total beside the page',
    expected: additive,
    changeResponse: good('list', (body: Json) => Object.assign(body, { total: 4711 })),
  },
  {
    id: 'list-null-events',
    title: 'events null in the listing',
    expected: breaking,
    changeResponse: good('list', (body: Json) => {
      for (const one of list(body.interactions)) one.events = null;
    }),
  },
  {
    id: 'agents-wrapped',
    title: 'agents in {data: ...}',
    expected: breaking,
    changeResponse: good('agents', (body: unknown) => ({ data: body })),
  },
  {
    id: 'agents-epoch',
    title: "agents' createdAt in epoch ms",
    expected: breaking,
    changeResponse: good('agents', (body: Json[]) => {
      for (const agent of body) agent.createdAt = Date.parse(String(agent.createdAt));
    }),
  },
  {
    id: 'agents-date-only',
    title: "agents' createdAt as a date without a time",
    expected: breaking,
    changeResponse: good('agents', (body: Json[]) => {
      for (const agent of body) agent.createdAt = String(agent.createdAt).slice(0, 10);
    }),
  },
  {
    id: 'agents-null-name',
    title: "an agent's name null",
    expected: breaking,
    changeResponse: good('agents', (body: Json[]) => {
      for (const agent of body) agent.name = null;
    }),
  },
  {
    id: 'agents-model',
    title: 'a new property of agents',
    expected: additive,
    changeResponse: good('agents', (body: Json[]) => {
      for (const agent of body) agent.model = 'large';
    }),
  },
  {
    id: 'get-array',
    title: 'the conversation in an array',
    expected: breaking,
    changeResponse: good('get', (body: unknown) => [body]),
  },
  {
    id: 'get-attributes-list',
    title: 'userAttributes as a list',
    expected: breaking,
    changeResponse: good('get', (body: Json) =>
      Object.assign(body, { userAttributes: Object.entries(body.userAttributes ?? {}) }),
    ),
  },
  {
    id: 'get-events-object',
    title: 'events of a conversation as an object, by id',
    expected: breaking,
    changeResponse: good('get', (body: Json) =>
      Object.assign(body, { events: Object.fromEntries(list(body.events).map((one) => [one.id, one])) }),
    ),
  },
  {
    id: 'get-role-lower',
    title: 'roles as numbers, when read back',
    expected: breaking,
    changeResponse: events('get', (event) => Object.assign(event, { role: 2 })),
  },
  {
    id: 'turn-type-null',
    title: 'attachments left out for the reply',
    expected: breaking,
    changeResponse: events('turn', (event) => {
      if (event.role === 'finibot') delete event.attachments;
    }),
  },
  {
    id: 'turn-tags-string',
    title: 'tags as one string',
    expected: breaking,
    changeResponse: events('turn', (event) => Object.assign(event, { tags: '' })),
  },
  {
    id: 'errors-code-null',
    title: 'statusCode null under 401',
    expected: breaking,
    changeResponse: refused(401, ({ body }) => isJson(body) && Object.assign(body, { statusCode: null })),
  },
  {
    id: 'errors-message-number',
    title: 'message a number under 400',
    expected: breaking,
    changeResponse: refused(400, ({ body }) => isJson(body) && Object.assign(body, { message: 17 })),
  },
  {
    id: 'errors-trace',
    title: 'a trace id in errors under 403',
    expected: additive,
    changeResponse: refused(403, ({ body }) => isJson(body) && Object.assign(body, { traceId: 'abc' })),
  },
  {
    id: 'errors-problem',
    title: 'application/problem+json for errors',
    expected: expectation('breaking', /\/headers\/content-type$/),
    changeResponse: (response) => {
      if (response.status >= 400) response.headers['content-type'] = 'application/problem+json';
    },
  },
  {
    id: 'list-as-text',
    title: 'the listing as text/plain',
    expected: expectation('breaking', /\/headers\/content-type$/),
    changeResponse: (response, { operation }) => {
      if (operation === 'list' && response.status === 200)
        response.headers['content-type'] = 'text/plain; charset=utf-8';
    },
  },
  {
    id: 'sunset',
    title: 'the announcement of an end',
    expected: expectation('additive', HEADER),
    changeResponse: (response) => Object.assign(response.headers, { sunset: 'Sat, 31 Oct 2026 23:59:59 GMT' }),
  },
  {
    id: 'agents-html',
    title: 'a page in place of the agents',
    expected: expectation('breaking', /\/headers\/content-type$/),
    changeResponse: (response, { operation }) => {
      if (operation !== 'agents' || response.status !== 200) return;
      response.headers['content-type'] = 'text/html';
      response.raw = '<!doctype html><title>Sign in</title>';
    },
  },
  {
    id: 'agents-206',
    title: '206 for agents',
    expected: expectation('breaking', STATUS),
    changeResponse: (response, { operation }) => {
      if (operation === 'agents' && response.status === 200) response.status = 206;
    },
  },
];
