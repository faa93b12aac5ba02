import { BODY, type Expectation, expectation, HEADER, STATUS } from '../expectations.ts';
import { events, good, isJson, type Json, list, type Mutation, type ProxyRequest, refused } from './mutation.ts';

type Operation = ProxyRequest['operation'];
type Change = NonNullable<Mutation['changeResponse']>;

const breaking = expectation('breaking', BODY);
const breakingStatus = expectation('breaking', STATUS);
const behavioural = expectation('behavioural', BODY);
const critical = expectation('critical', BODY);
const listing = expectation('behavioural', /^#\/(listing|agents)/);
const readback = expectation('behavioural', /^#\/(readback|sequence)/);

const made = (id: string, title: string, expected: Expectation, changeResponse: Change): Mutation => ({
  id: `new-${id}`,
  title,
  expected,
  changeResponse,
});
const onEvents = (operation: Operation, change: (event: Json) => void): Change => events(operation, change);
const onReply = (change: (reply: Json) => void): Change =>
  good('turn', (body: Json[]) => void (body[1] !== undefined && change(body[1])));
const onPage = (change: (body: Json, request: ProxyRequest) => void): Change => {
  return (response, request) => {
    if (request.operation === 'list' && response.status === 200 && isJson(response.body))
      change(response.body, request);
  };
};
const onConversation = (change: (body: Json) => void): Change => good('get', (body: Json) => void change(body));
const answerAs =
  (operation: Operation, status: number, body: unknown): Change =>
  (response, request) => {
    if (request.operation === operation && response.status === 200) Object.assign(response, { status, body });
  };
const header =
  (operation: Operation | 'any', name: string, value: string): Change =>
  (response, request) => {
    if (operation === 'any' || request.operation === operation) response.headers[name] = value;
  };
const each = (objects: readonly Json[], change: (one: Json) => unknown): void => {
  for (const one of objects) change(one);
};
const envelope = (statusCode: number) => ({ statusCode, message: 'No.', error: 'Error' });

/** Written before any of them was run against the check; docs/drift.md states what the first run found. */
export const OUT_OF_CATALOGUE: readonly Mutation[] = [
  // Values of another form in the events.
  made(
    'id-braces',
    'ids in braces',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { id: `{${one.id}}` })),
  ),
  made(
    'id-urn',
    'ids as URNs',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { id: `urn:uuid:${one.id}` })),
  ),
  made(
    'id-bare',
    'ids without dashes',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { id: String(one.id).replaceAll('-', '') })),
  ),
  made(
    'created-float',
    'createdAt with microseconds behind the point',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { createdAt: Number(one.createdAt) + 0.25 })),
  ),
  made(
    'created-text',
    'createdAt as digits in a string',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { createdAt: String(one.createdAt) })),
  ),
  made(
    'created-nanos',
    'createdAt in nanoseconds',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { createdAt: Number(one.createdAt) * 1e6 })),
  ),
  made(
    'message-parts',
    'the message as a list of parts',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { message: [{ type: 'text', text: one.message }] })),
  ),
  made(
    'message-null',
    'no message where there are articles',
    breaking,
    onReply((one) => list(one.usedArticles).length > 0 && Object.assign(one, { message: null })),
  ),
  made(
    'type-text',
    'type is text',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { type: 'text' })),
  ),
  made(
    'role-assistant',
    'the AI is assistant',
    breaking,
    onReply((one) => Object.assign(one, { role: 'assistant' })),
  ),
  made(
    'role-object',
    'the role with its label',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { role: { name: one.role } })),
  ),
  made(
    'csat-text',
    'csatRating as none',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { csatRating: 'none' })),
  ),
  made(
    'approved-text',
    'approved as pending',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { approved: 'pending' })),
  ),
  made(
    'resolved-number',
    'resolved as 0',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { resolved: 0 })),
  ),
  made(
    'tags-null',
    'tags null',
    breaking,
    onEvents('turn', (one) => Object.assign(one, { tags: null })),
  ),
  made(
    'articles-ids',
    'usedArticles as ids alone',
    breaking,
    onReply((one) => Object.assign(one, { usedArticles: list(one.usedArticles).map(({ id }) => id) })),
  ),
  made(
    'article-url',
    'documentUrl without its scheme',
    breaking,
    onReply((one) =>
      each(list(one.usedArticles), (article) => Object.assign(article, { documentUrl: 'help.example.com/a' })),
    ),
  ),
  made(
    'article-title-null',
    'the title of an article null',
    breaking,
    onReply((one) => each(list(one.usedArticles), (article) => Object.assign(article, { title: null }))),
  ),
  made(
    'events-nested',
    'the events in {events: ...}',
    breaking,
    good('turn', (body: Json[]) => ({ events: body })),
  ),
  made(
    'event-null-third',
    'null behind the events',
    breaking,
    good('turn', (body: Json[]) => [...body, null]),
  ),
  made('json-lines', 'one event a line', breaking, (response, { operation }) => {
    if (operation === 'turn' && response.status === 200 && Array.isArray(response.body))
      response.raw = response.body.map((one) => JSON.stringify(one)).join('\n');
  }),
  made('json-prefix', 'a prefix against hijacking', breaking, (response, { operation }) => {
    if (operation === 'turn' && response.status === 200) response.raw = `)]}',\n${JSON.stringify(response.body)}`;
  }),
  made('json-jsonp', 'a call of a function around the page', breaking, (response, { operation }) => {
    if (operation === 'list' && response.status === 200) response.raw = `callback(${JSON.stringify(response.body)})`;
  }),
  made('utf16', 'a conversation in UTF-16', breaking, (response, { operation }) => {
    if (operation === 'get' && response.status === 200)
      response.raw = Buffer.from(JSON.stringify(response.body), 'utf16le');
  }),
  made('surrogates', 'an emoji of the text torn in two', behavioural, (response, { operation }) => {
    if (operation === 'turn' && response.status === 200)
      response.raw = JSON.stringify(response.body).replace(/"message":"/g, '"message":"\\ud83d ');
  }),
  // Meaning of a turn.
  made(
    'echo-lower',
    'the question stored in lower case',
    behavioural,
    good(
      'turn',
      (body: Json[]) => void Object.assign(body[0] ?? {}, { message: String(body[0]?.message).toLowerCase() }),
    ),
  ),
  made(
    'echo-collapsed',
    'blanks of the question collapsed',
    behavioural,
    good(
      'turn',
      (body: Json[]) => void Object.assign(body[0] ?? {}, { message: String(body[0]?.message).replace(/\s+/g, ' ') }),
    ),
  ),
  made(
    'echo-censored',
    'words between angle brackets gone',
    behavioural,
    good(
      'turn',
      (body: Json[]) =>
        void Object.assign(body[0] ?? {}, { message: String(body[0]?.message).replace(/<[^>]*>/g, '') }),
    ),
  ),
  made(
    'echo-prefixed',
    'the customer is named before the question',
    behavioural,
    good('turn', (body: Json[]) => void Object.assign(body[0] ?? {}, { message: `Customer: ${body[0]?.message}` })),
  ),
  made(
    'reply-template',
    'a placeholder of a template in replies',
    behavioural,
    onReply((one) => Object.assign(one, { message: `Hello {{ customer.name }}, ${one.message}` })),
  ),
  made(
    'reply-prompt',
    'the prompt in replies',
    critical,
    onReply((one) => Object.assign(one, { message: `System prompt: You are Fini.\n${one.message}` })),
  ),
  made(
    'reply-trace',
    'a Java trace as the reply',
    behavioural,
    onReply((one) => Object.assign(one, { message: 'Exception: boom\n\tat com.fini.Bot.answer(Bot.java:17)' })),
  ),
  made(
    'reply-blank',
    'a zero-width space as the reply',
    behavioural,
    onReply((one) => Object.assign(one, { message: '\u200b' })),
  ),
  made(
    'reply-first',
    'the reply before the question',
    behavioural,
    good('turn', (body: Json[]) => (body.length === 2 ? [body[1], body[0]] : undefined)),
  ),
  made(
    'reply-earlier',
    'the reply is dated a second before its question',
    behavioural,
    good(
      'turn',
      (body: Json[]) => void (body[1] && Object.assign(body[1], { createdAt: Number(body[0]?.createdAt) - 1_000 })),
    ),
  ),
  made(
    'reply-doubled',
    'the reply twice, under ids of their own',
    behavioural,
    good('turn', (body: Json[]) =>
      body.length === 2 ? [...body, { ...body[1], id: crypto.randomUUID() }] : undefined,
    ),
  ),
  made(
    'articles-asked',
    'articles on the question',
    behavioural,
    good(
      'turn',
      (body: Json[]) =>
        void (
          body.length === 2 &&
          Object.assign(body[0] ?? {}, { usedArticles: [{ id: crypto.randomUUID(), title: 'A', documentUrl: null }] })
        ),
    ),
  ),
  made(
    'clock-back',
    'the clock of events is a day behind',
    behavioural,
    onEvents('turn', (one) => Object.assign(one, { createdAt: Number(one.createdAt) - 86_400_000 })),
  ),
  // Statuses.
  made('turn-201', '201 for notes', breakingStatus, (response, { operation, body }) => {
    if (operation === 'turn' && response.status === 200 && isJson(body) && body.role === 'agent') response.status = 201;
  }),
  made('turn-307', 'turns are answered elsewhere', breakingStatus, answerAs('turn', 307, '')),
  made('list-410', 'the listing is gone', breakingStatus, answerAs('list', 410, envelope(410))),
  made('agents-403', 'agents may not be listed', breakingStatus, answerAs('agents', 403, envelope(403))),
  made(
    'validation-422',
    '422 for what is not valid',
    breakingStatus,
    refused(400, (response) => Object.assign(response, { status: 422, body: envelope(422) })),
  ),
  made(
    'unauthorised-407',
    '407 without a key',
    breakingStatus,
    refused(401, (response) => Object.assign(response, { status: 407, body: envelope(407) })),
  ),
  made(
    'unknown-200-empty',
    '200 and an empty object for unknown conversations',
    breakingStatus,
    refused(500, (response, { operation }) => {
      if (operation === 'get') Object.assign(response, { status: 200, body: {} });
    }),
  ),
  // Errors.
  made(
    'errors-array',
    'errors in an array',
    breaking,
    refused(400, (response) => Object.assign(response, { body: [response.body] })),
  ),
  made(
    'errors-text-code',
    'statusCode as text',
    breaking,
    refused(403, ({ body }) => isJson(body) && Object.assign(body, { statusCode: '403' })),
  ),
  made(
    'errors-no-message',
    'errors without a message',
    breaking,
    refused(400, ({ body }) => isJson(body) && delete body.message),
  ),
  made('errors-upper', 'names of the envelope in capitals', breaking, (response) => {
    if (response.status >= 400 && isJson(response.body))
      response.body = Object.fromEntries(
        Object.entries(response.body).map(([name, value]) => [name.toUpperCase(), value]),
      );
  }),
  made(
    'errors-env',
    'a variable of the environment in errors',
    critical,
    refused(500, ({ body }) => isJson(body) && Object.assign(body, { hint: 'DATABASE_PASSWORD=hunter2 is not set' })),
  ),
  made(
    'errors-host',
    'the inner host in errors',
    critical,
    refused(
      500,
      ({ body }) => isJson(body) && Object.assign(body, { message: 'upstream bots.prod.svc.cluster.local failed' }),
    ),
  ),
  // Conversations and listings.
  made(
    'list-oldest',
    'conversations oldest first',
    listing,
    onPage((body) => Object.assign(body, { interactions: [...list(body.interactions)].reverse() })),
  ),
  made(
    'list-twice',
    'each conversation twice in a page',
    listing,
    onPage((body) => Object.assign(body, { interactions: list(body.interactions).flatMap((one) => [one, one]) })),
  ),
  made(
    'list-hides-notes',
    'conversations without a user are not listed',
    listing,
    onPage((body) =>
      Object.assign(body, {
        interactions: list(body.interactions).filter(({ events: own }) =>
          list(own).some(({ role }) => role === 'user'),
        ),
      }),
    ),
  ),
  made(
    'list-event-cap',
    'two events of a conversation at most are listed',
    listing,
    onPage((body) =>
      each(list(body.interactions), (one) => Object.assign(one, { events: list(one.events).slice(0, 2) })),
    ),
  ),
  made(
    'list-unix',
    "conversations' createdAt in seconds",
    listing,
    onPage((body) =>
      each(list(body.interactions), (one) =>
        Object.assign(one, { createdAt: Math.floor(Number(one.createdAt) / 1_000) }),
      ),
    ),
  ),
  made(
    'list-has-more',
    'hasMore is a count',
    breaking,
    onPage((body) => Object.assign(body, { hasMore: body.hasMore === true ? 1 : 0 })),
  ),
  made(
    'list-cursor-object',
    'cursors as objects',
    breaking,
    onPage((body) => Object.assign(body, { nextCursor: { after: 'x' } })),
  ),
  made(
    'get-newest',
    'Get shows events newest first',
    readback,
    onConversation((body) => Object.assign(body, { events: [...list(body.events)].reverse() })),
  ),
  made(
    'get-no-replies',
    'Get shows no replies',
    readback,
    onConversation((body) =>
      Object.assign(body, { events: list(body.events).filter(({ role }) => role !== 'finibot') }),
    ),
  ),
  made(
    'get-dates-now',
    'Get dates events by the time of the request',
    readback,
    onEvents('get', (one) => Object.assign(one, { createdAt: Date.now() })),
  ),
  made(
    'get-status-null',
    'a conversation without source',
    breaking,
    onConversation((body) => delete body.source),
  ),
  made(
    'get-events-missing',
    'a conversation without its events',
    breaking,
    onConversation((body) => delete body.events),
  ),
  made(
    'agents-epoch-text',
    "agents' createdAt as epoch in text",
    breaking,
    good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, { createdAt: '1770000000000' }))),
  ),
  made(
    'agents-hidden',
    'the agent that answers is not listed',
    listing,
    good('agents', (body: Json[]) => body.slice(0, 0)),
  ),
  made(
    'agents-object',
    'agents by id',
    breaking,
    good('agents', (body: Json[]) => Object.fromEntries(body.map((one) => [String(one.id), one]))),
  ),
  // Headers and additions.
  made(
    'header-version',
    'a header names the version of the API',
    expectation('additive', HEADER),
    header('any', 'x-api-version', '2'),
  ),
  made(
    'type-vendor',
    'turns in a media type of the vendor',
    expectation('breaking', /\/headers\/content-type$/),
    header('turn', 'content-type', 'application/vnd.fini.v2+json'),
  ),
  made(
    'property-model',
    'events name the model',
    expectation('additive', BODY),
    onEvents('turn', (one) => Object.assign(one, { model: 'fini-2' })),
  ),
  made(
    'property-links',
    'a page has links',
    expectation('additive', BODY),
    onPage((body) => Object.assign(body, { links: { self: '/v2' } })),
  ),
  made(
    'property-ip',
    'conversations show the address of the customer',
    critical,
    onConversation((body) => Object.assign(body, { clientIp: '203.0.113.9' })),
  ),
  made(
    'property-session',
    'events show a session',
    critical,
    onEvents('turn', (one) => Object.assign(one, { sessionToken: 'c0ffee12' })),
  ),
];
