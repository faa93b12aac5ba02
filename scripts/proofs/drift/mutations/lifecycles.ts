import { BODY, expectation, STATUS } from '../expectations.ts';
import { events, good, isJson, type Json, list, type Stranger, type Told } from './mutation.ts';

const READBACK = expectation('behavioural', /^#\/readback/);
const REMOVAL = expectation('behavioural', /^#\/removal/);
const AGENTS = /^#\/agents/;
const LIST = '/v2/hc-interactions/public';
const NOBODY = 'ffffffff-0000-4000-8000-000000000000';

/** Remembers what Get and Delete said of each conversation; `change` sees the answers for those that were removed. */
function afterRemoval(change: (told: Told, before: Json) => void): NonNullable<Stranger['tell']> {
  return (told, { operation, path }, memory) => {
    if (operation === 'get' && told.status === 200) memory.set(path, told.body);
    if (operation === 'delete' && told.status === 200) memory.set(`removed ${path}`, true);
    const before = memory.get(path);
    if (operation === 'get' && told.status !== 200 && memory.has(`removed ${path}`) && isJson(before))
      change(told, before);
  };
}

/** Changes of what is stored, shown again and removed. */
export const LIFECYCLES: readonly Stranger[] = [
  {
    id: 'stored-seconds',
    title: 'createdAt is stored in whole seconds',
    expected: expectation('behavioural', /^#\/(readback|listing).*\/createdAt$/),
    tell: (told, { operation }) => {
      if (told.status !== 200 || (operation !== 'get' && operation !== 'list') || !isJson(told.body)) return;
      for (const one of operation === 'get' ? [told.body] : list(told.body.interactions)) {
        for (const event of list(one.events)) event.createdAt = Math.floor(Number(event.createdAt) / 1_000) * 1_000;
      }
    },
  },
  {
    id: 'get-customer',
    title: 'the role user is customer, when it is read back',
    expected: expectation('breaking', BODY),
    tell: events('get', (event) => {
      if (event.role === 'user') event.role = 'customer';
    }),
  },
  {
    id: 'get-articles-lost',
    title: 'Get shows no articles',
    expected: READBACK,
    tell: events('get', (event) => Object.assign(event, { usedArticles: [] })),
  },
  {
    id: 'get-trimmed',
    title: 'Get shows texts without the blanks around them',
    expected: READBACK,
    tell: events('get', (event) => Object.assign(event, { message: String(event.message).trim() })),
  },
  {
    id: 'get-upper-ids',
    title: "events' ids in capitals, when they are read back",
    expected: READBACK,
    tell: events('get', (event) => Object.assign(event, { id: String(event.id).toUpperCase() })),
  },
  {
    id: 'get-own-id',
    title: 'Get shows another id of the conversation than was asked for',
    expected: READBACK,
    tell: good('get', (body: Json) => ({ ...body, id: String(body.id).replace(/^.{8}/, '0abcdef0') })),
  },
  {
    id: 'reply-later',
    title: 'a placeholder is answered, and the reply is stored in its place later',
    expected: READBACK,
    tell: good('turn', (body: Json[]) => {
      if (body[1] !== undefined) body[1].message = 'One moment, please.';
    }),
  },
  {
    id: 'removed-soft',
    title: 'a removed conversation is shown without events',
    expected: REMOVAL,
    tell: afterRemoval((told, before) => {
      Object.assign(told, { status: 200, body: { ...before, status: 'deleted', events: [] } });
    }),
  },
  {
    id: 'removed-204',
    title: '204 for a conversation that was removed',
    expected: expectation('breaking', STATUS),
    tell: afterRemoval((told) => void Object.assign(told, { status: 204, body: undefined })),
  },
  {
    id: 'removed-410',
    title: '410 for a conversation that was removed',
    expected: expectation('breaking', STATUS),
    tell: afterRemoval((told) => {
      Object.assign(told, { status: 410, body: { statusCode: 410, message: 'Gone', error: 'Gone' } });
    }),
  },
  {
    id: 'delete-failed-200',
    title: 'a removal says with 200 that it failed',
    expected: expectation('breaking', STATUS),
    tell: (told, { operation }) => {
      if (operation === 'delete' && told.status === 200)
        told.body = { statusCode: 500, message: 'Failed to delete', error: 'Internal Server Error' };
    },
  },
  {
    id: 'bulk-kept',
    title: 'the removal of many removes nothing',
    expected: REMOVAL,
    ask: ({ operation, path }) => (operation === 'delete' && path === LIST ? { body: { ids: [NOBODY] } } : undefined),
  },
  {
    id: 'agents-first-only',
    title: 'one agent a page, and no way to the others',
    expected: expectation('behavioural', AGENTS),
    tell: (told, { operation, body }, memory) => {
      if (operation === 'turn' && isJson(body) && told.status === 200 && !memory.has('bot'))
        memory.set('bot', body.botId);
      if (operation === 'agents' && told.status === 200 && Array.isArray(told.body))
        told.body = told.body.filter((agent: Json) => agent.id === memory.get('bot'));
    },
  },
  {
    id: 'agents-of-others',
    title: 'agents of other workspaces are listed, too',
    expected: expectation('critical', AGENTS),
    tell: (told, { operation, body, authorization }, memory) => {
      if (operation === 'turn' && isJson(body) && typeof body.botId === 'string' && told.status === 200)
        memory.set(`agent of ${authorization}`, body.botId);
      if (operation !== 'agents' || told.status !== 200 || !Array.isArray(told.body)) return;
      const others = [...memory].filter(([key]) => key.startsWith('agent of ') && key !== `agent of ${authorization}`);
      const known = (told.body as Json[]).map(({ id }) => id);
      for (const [, id] of others)
        if (!known.includes(id)) told.body.push({ id, name: 'Other', createdAt: '2020-01-01T00:00:00.000Z' });
    },
  },
  {
    id: 'attributes-of-others',
    title: "Get shows another customer's attributes",
    expected: expectation('critical', /\/userAttributes/),
    tell: (told, { operation }, memory) => {
      if (operation !== 'get' || told.status !== 200 || !isJson(told.body)) return;
      const { userAttributes: own } = told.body;
      if (memory.has('attributes')) told.body.userAttributes = memory.get('attributes');
      else if (isJson(own) && Object.keys(own).length > 0) memory.set('attributes', own);
    },
  },
];
