import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { events, good, isJson, type Json, list, type Mutation, type ProxyResponse, refused } from './mutation.ts';

const critical = expectation('critical', BODY);
const breaking = expectation('breaking', BODY);
const behavioural = expectation('behavioural', BODY);

const says = (message: string) => (response: ProxyResponse) =>
  void (isJson(response.body) && Object.assign(response.body, { message }));

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
