import { BODY, expectation, STATUS } from '../expectations.ts';
import { each, envelope, everywhere, maker, onConversation, onListed, onReply, onTurn } from './changes.ts';
import { good, isJson, type Json, type Mutation, type ProxyResponse } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const behavioural = expectation('behavioural', BODY);
const status = expectation('breaking', STATUS);
const readback = expectation('behavioural', /^#\/(readback|sequence)/);
const made = maker('release');
const contentOf = (body: unknown): string => (isJson(body) ? String(body.content) : '');
const refuseTurn = (
  code: number,
  isRefused: (content: string, body: Json) => boolean,
  body: unknown = envelope(code),
): NonNullable<Mutation['changeResponse']> => {
  return (response: ProxyResponse, { operation, body: sent }) => {
    if (operation !== 'turn' || response.status !== 200 || !isJson(sent)) return;
    if (isRefused(contentOf(sent), sent)) Object.assign(response, { status: code, body });
  };
};
const question = (change: (message: string) => string) =>
  onTurn((one) => (one.role === 'finibot' ? {} : { message: change(String(one.message)) }));
const reply = (message: (one: Json) => string) =>
  everywhere((one) => one.role === 'finibot' && Object.assign(one, { message: message(one) }));

/** What a release changes in turns and in conversations that are read. Written before any of them was run. */
export const RELEASES: readonly Mutation[] = [
  made(
    'turn-conversation-id',
    'events name their conversation',
    expectation('additive', BODY),
    onTurn({ interactionId: '0b6f7f6c-8d0f-4c61-9a3c-0d7f0f4b9a11' }),
  ),
  made(
    'minutes',
    'events are dated to the minute',
    behavioural,
    everywhere((one) => Object.assign(one, { createdAt: 60_000 * Math.floor(Number(one.createdAt) / 60_000) })),
  ),
  made(
    'tool-call',
    'the call of a tool as the reply',
    behavioural,
    reply(({ id }) => `{"tool":"search_articles","arguments":{"query":"${String(id).slice(0, 6)}"}}`),
  ),
  made(
    'reasoning',
    'the reasoning of the model before each reply',
    behavioural,
    reply(({ message }) => `<think>The user asks a question. I look for articles.</think>${message}`),
  ),
  made(
    'object-object',
    'an object that was made a text in replies',
    behavioural,
    reply(({ id }) => `Your order [object Object] is on its way, ${String(id).slice(0, 4)}.`),
  ),
  made(
    'extended-date',
    'createdAt in the extended JSON of a database',
    breaking,
    onTurn(({ createdAt }) => ({ createdAt: { $date: createdAt } })),
  ),
  made(
    'extended-id',
    'ids in the extended JSON of a database',
    breaking,
    onTurn(({ id }) => ({ id: { $oid: id } })),
  ),
  made(
    'reply-split',
    'the reply in two events',
    behavioural,
    good('turn', (body: Json[]) => {
      const [, second] = body;
      if (second?.role !== 'finibot') return undefined;
      return [...body, { ...second, id: crypto.randomUUID(), message: 'Is there anything else?' }];
    }),
  ),
  made(
    'note-without-articles',
    'events of other roles than the AI lack usedArticles',
    breaking,
    good('turn', (body: Json[]) =>
      body.map(({ usedArticles, ...one }) => (one.role === 'finibot' ? { ...one, usedArticles } : one)),
    ),
  ),
  made('continued-seconds', 'createdAt in seconds where a conversation goes on', breaking, (response, request) => {
    if (request.operation !== 'turn' || response.status !== 200) return;
    if (!isJson(request.body) || !('interactionId' in request.body)) return;
    each(response.body as Json[], (one) =>
      Object.assign(one, { createdAt: Math.floor(Number(one.createdAt) / 1_000) }),
    );
  }),
  made(
    'emoji-400',
    'texts with characters beyond the first plane are refused',
    status,
    refuseTurn(400, (content) => /[\u{10000}-\u{10FFFF}]/u.test(content)),
  ),
  made(
    'markup-403',
    'a firewall refuses markup',
    status,
    refuseTurn(403, (content) => /<script>|DROP TABLE/.test(content)),
  ),
  made(
    'busy-409',
    'a conversation cannot be continued within a minute',
    status,
    refuseTurn(409, (_, body) => 'interactionId' in body),
  ),
  made(
    'long-500',
    'an error for texts of more than 20,000 characters',
    status,
    refuseTurn(500, (content) => content.length > 20_000),
  ),
  made(
    'get-latest-only',
    'Get shows the latest two events',
    readback,
    onConversation((body) => Object.assign(body, { events: (body.events as Json[]).slice(-2) })),
  ),
  made(
    'list-source-other',
    'the listing shows another source than Get',
    expectation('behavioural', /\/source$/),
    onListed(() => ({ source: 'widget' })),
  ),
  made(
    'get-subject-of-others',
    'subjectPreview is that of the conversation that was read before',
    expectation('critical', /subjectPreview/),
    (response, { operation, path }, memory) => {
      if (operation !== 'get' || response.status !== 200 || !isJson(response.body)) return;
      const before = memory.get('preview') as { path: string; text: unknown } | undefined;
      const text = (response.body.events as Json[])[0]?.message;
      if (before !== undefined && before.path !== path) response.body.subjectPreview = before.text;
      memory.set('preview', { path, text });
    },
  ),
  made('get-304', '304 when a conversation is read again', status, (response, { operation, path }, memory) => {
    if (operation !== 'get' || response.status !== 200) return;
    if (memory.has(path)) Object.assign(response, { status: 304, body: undefined, raw: '' });
    memory.set(path, true);
  }),
  made('get-notes-500', 'Get fails for conversations that no user began', status, (response, { operation }) => {
    if (operation !== 'get' || response.status !== 200 || !isJson(response.body)) return;
    const [first] = response.body.events as Json[];
    if (first?.role !== 'user') Object.assign(response, { status: 500, body: envelope(500) });
  }),
  made(
    'get-started-later',
    'Get dates a conversation an hour after its events',
    expectation('behavioural', /createdAt$/),
    onConversation((body) =>
      Object.assign(body, { createdAt: 3_600_000 + Number((body.events as Json[])[0]?.createdAt) }),
    ),
  ),
  made(
    'echo-smart-quotes',
    'quotes of the question are curly',
    behavioural,
    question((text) => text.replace(/["']/g, '\u2019')),
  ),
  made(
    'echo-shortcodes',
    'emoji of the question as their names',
    behavioural,
    question((text) => text.replace(/\u{1F469}/gu, ':woman:')),
  ),
  made(
    'echo-masked',
    'numbers of the question are masked',
    behavioural,
    question((text) => text.replace(/\b\d{5}\b/g, '*****')),
  ),
  made(
    'reply-others-name',
    'the first name of the customer with each reply',
    expectation('critical', BODY),
    onReply((one) => Object.assign(one, { customer: { firstName: 'Ann', city: 'Ulm' } })),
  ),
];
