import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { BODY, expectation, STATUS } from '../expectations.ts';
import { events, good, isJson, type Json, list, type Mutation, type ProxyResponse } from './mutation.ts';

const READBACK = expectation('behavioural', /^#\/readback/);
const REMOVAL = expectation('behavioural', /^#\/removal/);
const AGENTS = /^#\/agents/;
const NOBODY = 'ffffffff-0000-4000-8000-000000000000';

/** Remembers what Get and Delete said of each conversation; `change` sees the answers for those that were removed. */
function afterRemoval(
  change: (response: ProxyResponse, before: Json) => void,
): NonNullable<Mutation['changeResponse']> {
  return (response, { operation, path }, memory) => {
    if (operation === 'get' && response.status === 200) memory.set(path, response.body);
    if (operation === 'delete' && response.status === 200) memory.set(`removed ${path}`, true);
    const before = memory.get(path);
    if (operation === 'get' && response.status !== 200 && memory.has(`removed ${path}`) && isJson(before))
      change(response, before);
  };
}

/** Changes of what is stored, shown again and removed. */
export const LIFECYCLES: readonly Mutation[] = [
  {
    id: 'stored-seconds',
    title: 'createdAt is stored in whole seconds',
    expected: expectation('behavioural', /^#\/(readback|listing).*\/createdAt$/),
    changeResponse: (response, { operation }) => {
      if (response.status !== 200 || (operation !== 'get' && operation !== 'list') || !isJson(response.body)) return;
      for (const one of operation === 'get' ? [response.body] : list(response.body.interactions)) {
        for (const event of list(one.events)) event.createdAt = Math.floor(Number(event.createdAt) / 1_000) * 1_000;
      }
    },
  },
  {
    id: 'get-customer',
    title: 'the role user is customer, when it is read back',
    expected: expectation('breaking', BODY),
    changeResponse: events('get', (event) => {
      if (event.role === 'user') event.role = 'customer';
    }),
  },
  {
    id: 'get-articles-lost',
    title: 'Get shows no articles',
    expected: READBACK,
    changeResponse: events('get', (event) => Object.assign(event, { usedArticles: [] })),
  },
  {
    id: 'get-trimmed',
    title: 'Get shows texts without the blanks around them',
    expected: READBACK,
    changeResponse: events('get', (event) => Object.assign(event, { message: String(event.message).trim() })),
  },
  {
    id: 'get-upper-ids',
    title: "events' ids in capitals, when they are read back",
    expected: READBACK,
    changeResponse: events('get', (event) => Object.assign(event, { id: String(event.id).toUpperCase() })),
  },
  {
    id: 'get-own-id',
    title: 'Get shows another id of the conversation than was asked for',
    expected: READBACK,
    changeResponse: good('get', (body: Json) => ({ ...body, id: String(body.id).replace(/^.{8}/, '0abcdef0') })),
  },
  {
    id: 'reply-later',
    title: 'a placeholder is answered, and the reply is stored in its place later',
    expected: READBACK,
    changeResponse: good('turn', (body: Json[]) => {
      if (body[1] !== undefined) body[1].message = 'One moment, please.';
    }),
  },
  {
    id: 'removed-soft',
    title: 'a removed conversation is shown without events',
    expected: REMOVAL,
    changeResponse: afterRemoval((response, before) => {
      Object.assign(response, { status: 200, body: { ...before, status: 'deleted', events: [] } });
    }),
  },
  {
    id: 'removed-204',
    title: '204 for a conversation that was removed',
    expected: expectation('breaking', STATUS),
    changeResponse: afterRemoval((response) => void Object.assign(response, { status: 204, body: undefined })),
  },
  {
    id: 'removed-410',
    title: '410 for a conversation that was removed',
    expected: expectation('breaking', STATUS),
    changeResponse: afterRemoval((response) => {
      Object.assign(response, { status: 410, body: { statusCode: 410, message: 'Gone', error: 'Gone' } });
    }),
  },
  {
    id: 'delete-failed-200',
    title: 'a removal says with 200 that it failed',
    expected: expectation('breaking', STATUS),
    changeResponse: (response, { operation }) => {
      if (operation === 'delete' && response.status === 200)
        response.body = { statusCode: 500, message: 'Failed to delete', error: 'Internal Server Error' };
    },
  },
  {
    id: 'bulk-kept',
    title: 'the removal of many removes nothing',
    expected: REMOVAL,
    changeRequest: ({ operation, path }) =>
      operation === 'delete' && path === CONVERSATIONS_PATH ? { body: { ids: [NOBODY] } } : undefined,
    changeResponse: (response, { operation, path }) => {
      if (operation === 'delete' && path === CONVERSATIONS_PATH)
        Object.assign(response, { status: 200, body: { success: true } });
    },
  },
  {
    id: 'agents-first-only',
    title: 'one agent a page, and no way to the others',
    expected: expectation('behavioural', AGENTS),
    changeResponse: (response, { operation, body }, memory) => {
      if (operation === 'turn' && isJson(body) && response.status === 200 && !memory.has('bot'))
        memory.set('bot', body.botId);
      if (operation === 'agents' && response.status === 200 && Array.isArray(response.body))
        response.body = response.body.filter((agent: Json) => agent.id === memory.get('bot'));
    },
  },
  {
    id: 'agents-of-others',
    title: 'agents of other workspaces are listed, too',
    expected: expectation('critical', AGENTS),
    changeResponse: (response, { operation, body, authorization }, memory) => {
      if (operation === 'turn' && isJson(body) && typeof body.botId === 'string' && response.status === 200)
        memory.set(`agent of ${authorization}`, body.botId);
      if (operation !== 'agents' || response.status !== 200 || !Array.isArray(response.body)) return;
      const others = [...memory].filter(([key]) => key.startsWith('agent of ') && key !== `agent of ${authorization}`);
      const known = (response.body as Json[]).map(({ id }) => id);
      for (const [, id] of others)
        if (!known.includes(id)) response.body.push({ id, name: 'Other', createdAt: '2020-01-01T00:00:00.000Z' });
    },
  },
  {
    id: 'attributes-of-others',
    title: "Get shows another customer's attributes",
    expected: expectation('critical', /\/userAttributes/),
    changeResponse: (response, { operation }, memory) => {
      if (operation !== 'get' || response.status !== 200 || !isJson(response.body)) return;
      const { userAttributes: own } = response.body;
      if (memory.has('attributes')) response.body.userAttributes = memory.get('attributes');
      else if (isJson(own) && Object.keys(own).length > 0) memory.set('attributes', own);
    },
  },
];
