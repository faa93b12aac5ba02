import { createHash } from 'node:crypto';
import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { events, good, isJson, type Json, list, type Mutation, type ProxyResponse, refused } from './mutation.ts';

const critical = expectation('critical', BODY);
const breaking = expectation('breaking', BODY);
const behavioural = expectation('behavioural', BODY);
const ID = /\/id$/;

const says = (message: string) => (response: ProxyResponse) =>
  void (isJson(response.body) && Object.assign(response.body, { message }));

/** The ids of a turn's events by a rule; `n` counts them. */
const ids = (idOf: (n: number, event: Json) => string): NonNullable<Mutation['changeResponse']> => {
  const given = new Map<string, string>();
  const change = (event: Json): void => {
    const known = given.get(String(event.id)) ?? idOf(given.size + 1, event);
    given.set(String(event.id), known);
    event.id = known;
  };
  return (response, request, memory) => {
    for (const operation of ['turn', 'get', 'list'] as const) events(operation, change)(response, request, memory);
  };
};
const uuid = (high: string, low: number | bigint): string => {
  const hex = (high + low.toString(16).padStart(32 - high.length, '0')).slice(0, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** Kinds of drift that once were missed, or found as something else. */
export const KINDS: readonly Mutation[] = [
  {
    id: 'errors-stack',
    title: 'a stack trace as the message under 500',
    expected: critical,
    changeResponse: refused(500, says('Error: boom\n    at BotService.find (/app/dist/bots/bot.service.js:41:13)')),
  },
  {
    id: 'errors-sql',
    title: 'the query as the message under 400',
    expected: critical,
    changeResponse: refused(400, says('QueryFailedError: SELECT "id" FROM "bots" WHERE "id" = $1')),
  },
  {
    id: 'errors-path',
    title: 'a path of the server under 401',
    expected: critical,
    changeResponse: refused(401, says("ENOENT: no such file or directory, open '/srv/fini/keys.json'")),
  },
  {
    id: 'errors-header',
    title: 'the key that was sent, in the message under 403',
    expected: critical,
    changeResponse: (response, { authorization }) => {
      if (response.status === 403) says(`Forbidden for Authorization: ${authorization}`)(response);
    },
  },
  {
    id: 'errors-debug-page',
    title: 'the debug page of a framework under 500',
    expected: critical,
    changeResponse: refused(500, (response) => {
      response.headers['content-type'] = 'text/html; charset=utf-8';
      response.raw = '<h1>Error</h1><pre>TypeError: x is undefined\n    at /app/src/main.ts:12:9</pre>';
    }),
  },
  {
    id: 'turn-cut-short',
    title: 'a body shorter than its Content-Length',
    expected: breaking,
    changeResponse: (response, { operation }) => {
      if (operation === 'turn' && response.status === 200) response.ends = 'short';
    },
  },
  {
    id: 'turn-cut-chunk',
    title: 'a body that ends in the middle of a chunk, every third time',
    expected: breaking,
    changeResponse: (response, { operation }, memory) => {
      if (operation !== 'turn' || response.status !== 200) return;
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      if (count % 3 === 0) response.ends = 'chunk';
    },
  },
  {
    id: 'get-reset',
    title: 'the connection is reset in the middle of a conversation',
    expected: breaking,
    changeResponse: (response, { operation }) => {
      if (operation === 'get' && response.status === 200) response.ends = 'reset';
    },
  },
  {
    id: 'turn-hung-up',
    title: 'no answer, and the connection is closed, every second time',
    expected: breaking,
    changeResponse: (response, { operation }, memory) => {
      if (operation !== 'turn' || response.status !== 200) return;
      memory.set('even', memory.get('even') !== true);
      if (memory.get('even') === true) response.ends = 'nothing';
    },
  },
  {
    id: 'gateway-503',
    title: '503 for every fourth request',
    expected: expectation('statistical', /availability/),
    changeResponse: (response, _, memory) => {
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      if (count % 4 === 0) Object.assign(response, { status: 503, body: undefined, raw: 'upstream connect error' });
    },
  },
  {
    id: 'list-429',
    title: '429 for every third listing',
    expected: expectation('breaking', STATUS),
    changeResponse: (response, { operation }, memory) => {
      if (operation !== 'list') return;
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      const body = { statusCode: 429, message: 'Too many requests', error: 'Too Many Requests' };
      if (count % 3 === 0) Object.assign(response, { status: 429, body });
    },
  },
  {
    id: 'ids-counter',
    title: 'ids of events count',
    expected: expectation('behavioural', ID),
    changeResponse: ids((n) => uuid('5f3a9c017be24d18', n)),
  },
  {
    id: 'ids-times',
    title: 'ids of events are times',
    expected: expectation('behavioural', ID),
    changeResponse: ids((n, { createdAt }) => uuid('', BigInt(Number(createdAt)) * 1_000n + BigInt(n))),
  },
  {
    id: 'ids-steps',
    title: 'ids of events are a few apart',
    expected: expectation('behavioural', ID),
    changeResponse: ids((n) => uuid('a1b2c3d4e5f60718', 7_919 * n + (n % 5))),
  },
  {
    id: 'ids-hashed',
    title: 'the id of an event is the hash of its text',
    expected: expectation('behavioural', ID),
    changeResponse: ids((_, { message }) =>
      uuid(
        createHash('sha256')
          .update(String(message).replace(/\[ref.*/, ''))
          .digest('hex')
          .slice(0, 32),
        0,
      ),
    ),
  },
  {
    id: 'cache-age',
    title: 'agents come from a cache',
    expected: expectation('behavioural', HEADER),
    changeResponse: (response, { operation }) => {
      if (operation === 'agents') Object.assign(response.headers, { age: '37', 'x-cache': 'HIT' });
    },
  },
  {
    id: 'cache-turns',
    title: 'the same body is answered with the same events',
    expected: behavioural,
    changeResponse: (response, { operation, body }, memory) => {
      if (operation !== 'turn' || response.status !== 200) return;
      const key = JSON.stringify(body);
      if (memory.has(key)) response.body = memory.get(key);
      memory.set(key, response.body);
    },
  },
  {
    id: 'start-resolved',
    title: 'a start of the same agent goes on with the last conversation',
    expected: expectation('critical', /^#\/(readback|listing)/),
    changeRequest: ({ operation, authorization, body }, memory) => {
      const known = memory.get(authorization);
      if (operation !== 'turn' || !isJson(body) || known === undefined) return undefined;
      if ('interactionId' in body || body.role === 'narrator' || typeof body.content !== 'string') return undefined;
      if (!memory.has('agent')) memory.set('agent', body.botId);
      return body.botId === memory.get('agent') ? { body: { ...body, interactionId: known } } : undefined;
    },
    changeResponse: (response, { operation, path, authorization }, memory) => {
      if (operation === 'get' && response.status === 200) memory.set(authorization, path.split('/')[3]);
    },
  },
  {
    id: 'turn-email',
    title: 'the e-mail address of the customer with each event',
    expected: critical,
    changeResponse: events('turn', (event) => Object.assign(event, { author: { email: 'ann@example.com' } })),
  },
  {
    id: 'agents-token',
    title: 'a token with each agent',
    expected: critical,
    changeResponse: good('agents', (body: Json[]) => {
      for (const agent of list(body)) agent.accessToken = 'a8f1c2d3e4';
    }),
  },
  {
    id: 'errors-problem-body',
    title: 'errors as problem+json, with its body',
    expected: expectation('breaking', /\/headers\/content-type$/),
    changeResponse: (response) => {
      if (response.status < 400) return;
      response.headers['content-type'] = 'application/problem+json';
      response.body = { type: 'about:blank', title: 'No', status: response.status, detail: 'No.' };
    },
  },
  {
    id: 'articles-renamed',
    title: 'usedArticles is sources, of events and of conversations',
    expected: expectation('breaking', BODY),
    changeResponse: (response) => {
      const text = JSON.stringify(response.body);
      if (text?.includes('"usedArticles"')) response.body = JSON.parse(text.replaceAll('"usedArticles"', '"sources"'));
    },
  },
  {
    id: 'turn-system-event',
    title: 'a third event, of a new type',
    expected: breaking,
    changeResponse: good('turn', (body: Json[]) => {
      if (body.length !== 2) return undefined;
      return [...body, { ...body[0], id: crypto.randomUUID(), type: 'handover', message: 'Handed over.' }];
    }),
  },
  {
    id: 'list-key-refused',
    title: 'the key may no longer list conversations',
    expected: expectation('breaking', STATUS),
    changeResponse: (response, { operation }) => {
      if (operation !== 'list' || response.status !== 200) return;
      Object.assign(response, { status: 401, body: { statusCode: 401, message: 'No.', error: 'Unauthorized' } });
    },
  },
  {
    id: 'reply-loops',
    title: 'every third reply goes round in circles',
    expected: expectation('behavioural', /\/message$/),
    changeResponse: good('turn', (body: Json[]) => {
      const reply = body[1];
      if (reply !== undefined && String(reply.id) < '6') reply.message = 'I will look into that for you. '.repeat(12);
    }),
  },
  {
    id: 'turn-before-time',
    title: 'createdAt is negative',
    expected: expectation('breaking', /\/createdAt$/),
    changeResponse: events('turn', (event) => Object.assign(event, { createdAt: -1 })),
  },
];
