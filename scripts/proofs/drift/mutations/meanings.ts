import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { expectation, STATUS } from '../expectations.ts';
import { events, good, isJson, type Json, list, type Mutation, type ProxyResponse, refused } from './mutation.ts';

const status = (cls: 'breaking' | 'behavioural' | 'critical') => expectation(cls, STATUS);
const READBACK = /^#\/readback/;
const LISTING = /^#\/listing/;

/** As the service itself would refuse. */
function refuse(response: ProxyResponse, code: number): void {
  response.status = code;
  response.body = { statusCode: code, message: 'No.', error: 'Error' };
}

/** Changes of statuses and of what answers mean. */
export const MEANINGS: readonly Mutation[] = [
  {
    id: 'key-402',
    title: '402 for a key that is not known',
    expected: status('breaking'),
    changeResponse: refused(401, (response) => refuse(response, 402)),
  },
  {
    id: 'scope-404',
    title: '404 for a key without the scope',
    expected: status('breaking'),
    changeResponse: refused(403, (response) => refuse(response, 404)),
  },
  {
    id: 'invalid-409',
    title: '409 for a request that is not valid',
    expected: status('breaking'),
    changeResponse: refused(400, (response) => refuse(response, 409)),
  },
  {
    id: 'unknown-200-null',
    title: '200 and null for a conversation that is not known',
    expected: status('breaking'),
    changeResponse: refused(500, (response, { operation }) => {
      if (operation === 'get') Object.assign(response, { status: 200, body: null });
    }),
  },
  {
    id: 'unknown-410',
    title: '410 for an agent or a conversation that is not known',
    expected: status('breaking'),
    changeResponse: refused(500, (response) => refuse(response, 410)),
  },
  {
    id: 'window-ignored',
    title: 'a window that makes no sense is accepted',
    expected: status('breaking'),
    changeResponse: refused(400, (response, { operation }) => {
      if (operation !== 'list') return;
      response.status = 200;
      response.body = { interactions: [], hasMore: false, nextCursor: null, prevCursor: null };
    }),
  },
  {
    id: 'types-coerced',
    title: 'a number as content is taken for a text',
    expected: status('breaking'),
    changeRequest: ({ body }) =>
      isJson(body) && typeof body.content === 'number' ? { body: { ...body, content: `${body.content}` } } : undefined,
  },
  {
    id: 'delete-202',
    title: '202 for a removal',
    expected: status('breaking'),
    changeResponse: (response, { operation }) => {
      if (operation === 'delete' && response.status === 200) response.status = 202;
    },
  },
  {
    id: 'delete-404',
    title: '404 for the removal of what is there',
    expected: status('breaking'),
    changeResponse: (response, { operation }) => {
      if (operation === 'delete' && response.status === 200) refuse(response, 404);
    },
  },
  {
    id: 'get-403',
    title: 'a key of both scopes may not read a conversation',
    expected: status('breaking'),
    changeResponse: (response, { operation }) => {
      if (operation === 'get' && response.status === 200) refuse(response, 403);
    },
  },
  {
    id: 'get-role-altered',
    title: 'Get shows the question as an agent’s',
    expected: expectation('behavioural', READBACK),
    changeResponse: events('get', (event) => {
      if (event.role === 'user') event.role = 'agent';
    }),
  },
  {
    id: 'get-escaped',
    title: 'Get shows markup escaped',
    expected: expectation('behavioural', READBACK),
    changeResponse: events('get', (event) =>
      Object.assign(event, { message: String(event.message).replaceAll('&', '&amp;').replaceAll('<', '&lt;') }),
    ),
  },
  {
    id: 'get-cut',
    title: 'Get shows 400 characters of a message',
    expected: expectation('behavioural', READBACK),
    changeResponse: events('get', (event) => Object.assign(event, { message: String(event.message).slice(0, 400) })),
  },
  {
    id: 'get-new-ids',
    title: 'Get shows other ids than were answered',
    expected: expectation('behavioural', READBACK),
    changeResponse: events('get', (event) =>
      Object.assign(event, { id: String(event.id).replace(/^.{8}/, '0abcdef0') }),
    ),
  },
  {
    id: 'get-other-events',
    title: "Get shows another conversation's event, too",
    expected: expectation('critical', READBACK),
    changeResponse: (response, { operation }, memory) => {
      if (operation !== 'get' || response.status !== 200 || !isJson(response.body)) return;
      const own = list(response.body.events);
      const [first] = own;
      const kept = (memory.get('events') ?? first) as Json;
      if (first !== undefined && !memory.has('events')) memory.set('events', first);
      if (kept.id !== first?.id) response.body.events = [...own, kept];
    },
  },
  {
    id: 'list-altered',
    title: 'the listing shows another text than Get',
    expected: expectation('behavioural', LISTING),
    changeResponse: events('list', (event) => Object.assign(event, { message: `${event.message} …` })),
  },
  {
    id: 'list-first-events',
    title: 'the listing shows the first event of each conversation only',
    expected: expectation('behavioural', LISTING),
    changeResponse: good('list', (body: Json) => {
      for (const one of list(body.interactions)) one.events = list(one.events).slice(0, 1);
    }),
  },
  {
    id: 'list-window-lost',
    title: 'since and until are ignored',
    expected: expectation('behavioural', LISTING),
    changeRequest: ({ operation, query }) => {
      if (operation !== 'list' || !query.has('until')) return undefined;
      const [since, until] = [Number(query.get('since')), Number(query.get('until'))];
      if (since >= until || until - since > 7_776_000_000) return undefined;
      return { path: `${CONVERSATIONS_PATH}?limit=${query.get('limit') ?? 20}` };
    },
  },
  {
    id: 'list-filter-lost',
    title: 'agentId is ignored',
    expected: expectation('behavioural', LISTING),
    changeRequest: ({ operation, query }) => {
      if (operation !== 'list' || !query.has('agentId')) return undefined;
      const others = new URLSearchParams(query);
      others.delete('agentId');
      return { path: `${CONVERSATIONS_PATH}?${others}` };
    },
  },
  {
    id: 'turn-other-role',
    title: "an agent's event is stored as otherbot's",
    expected: expectation('behavioural', /\/role$/),
    changeResponse: events('turn', (event) => {
      if (event.role === 'agent') event.role = 'otherbot';
    }),
  },
  {
    id: 'turn-future',
    title: 'createdAt a day ahead',
    expected: expectation('behavioural', /\/createdAt$/),
    changeResponse: events('turn', (event) =>
      Object.assign(event, { createdAt: Number(event.createdAt) + 86_400_000 }),
    ),
  },
  {
    id: 'turn-links',
    title: 'an article of another scheme',
    expected: expectation('breaking', /\/documentUrl$/),
    changeResponse: events('turn', (event) => {
      for (const article of list(event.usedArticles)) article.documentUrl = 'fini://article/17';
    }),
  },
  {
    id: 'turn-reply-json',
    title: 'a traceback of Python as the reply',
    expected: expectation('behavioural', /\/message$/),
    changeResponse: events('turn', (event) => {
      // Events that colleagues' probes sent as finibot are no replies.
      if (event.role === 'finibot' && !String(event.message).startsWith('A note'))
        event.message = 'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError';
    }),
  },
];
