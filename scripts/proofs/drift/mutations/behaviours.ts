import { randomUUID } from 'node:crypto';
import { publicEvent } from '../../../reference-server/index.ts';
import { BODY, expectation, STATUS } from '../expectations.ts';
import { each, maker, onConversation, onListed, onPage, onReply, onTurn } from './changes.ts';
import { isJson, type Json, list, type Mutation, refused } from './mutation.ts';

const behavioural = expectation('behavioural', BODY);
const critical = expectation('critical', STATUS);
const listing = expectation('behavioural', /^#\/listing/);
const readback = expectation('behavioural', /^#\/readback/);
const distribution = expectation('statistical', /^#\/distribution/);
const made = maker('behaviour');
/** The question as it is stored. */
const stored = (change: (message: string) => string) =>
  onTurn((one) => (one.role === 'finibot' ? {} : { message: change(String(one.message)) }));
/** What is stored, listed, replied and permitted, as a release could change it without touching a schema. */
export const BEHAVIOURS: readonly Mutation[] = [
  made(
    'echo-newline',
    'a line end behind the question',
    behavioural,
    stored((text) => `${text}\n`),
  ),
  made(
    'echo-entities',
    'markup of the question as entities',
    behavioural,
    stored((text) => text.replaceAll('<', '&lt;')),
  ),
  made(
    'echo-line-ends',
    'CRLF of the question is LF',
    behavioural,
    stored((text) => text.replaceAll('\r\n', '\n')),
  ),
  made(
    'echo-compatible',
    'the question in Unicode form KC',
    behavioural,
    stored((text) => text.normalize('NFKC')),
  ),
  made(
    'echo-astral',
    'characters beyond the first plane are ?',
    behavioural,
    stored((text) => text.replace(/[\u{10000}-\u{10FFFF}]/gu, '?')),
  ),
  made(
    'echo-capped',
    'a thousand characters of the question are stored',
    behavioural,
    stored((text) => text.slice(0, 1_000)),
  ),
  made(
    'reply-german',
    'replies in German, whatever is asked',
    distribution,
    onReply((one) =>
      Object.assign(one, {
        message: `Vielen Dank für Ihre Nachricht, wir kümmern uns so schnell wie möglich um Ihr Anliegen ${String(one.id).slice(0, 3)}.`,
      }),
    ),
  ),
  made(
    'reply-truncated',
    'twelve characters of each reply',
    distribution,
    onReply((one) => Object.assign(one, { message: String(one.message).slice(0, 12) })),
  ),
  made(
    'reply-markdown',
    'replies as a heading and a list',
    distribution,
    onReply((one) => Object.assign(one, { message: `# Answer\n\n- **${one.message}**` })),
  ),
  made(
    'reply-handover',
    'each reply hands over to a person',
    distribution,
    onReply((one) =>
      Object.assign(one, { message: `Let me connect you to a human agent. Ticket ${String(one.id).slice(0, 4)}.` }),
    ),
  ),
  made(
    'reply-articles-gone',
    'replies name no articles',
    distribution,
    onReply((one) => Object.assign(one, { usedArticles: [] })),
  ),
  made(
    'get-new-ids',
    'Get shows new ids each time',
    readback,
    onConversation((body) => each(list(body.events), (one) => Object.assign(one, { id: randomUUID() }))),
  ),
  made(
    'get-stale',
    'Get lacks the latest event',
    readback,
    onConversation((body) => Object.assign(body, { events: list(body.events).slice(0, -1) })),
  ),
  made(
    'listed-shuffled',
    'listed events in the order of their ids',
    listing,
    onListed(({ events }) => ({ events: list(events).sort((a, b) => String(a.id).localeCompare(String(b.id))) })),
  ),
  made(
    'listed-partly',
    'every third conversation is not listed',
    listing,
    onPage((body) =>
      Object.assign(body, {
        interactions: list(body.interactions).filter(({ id }) => Number.parseInt(String(id).slice(0, 4), 16) % 3 > 0),
      }),
    ),
  ),
  made(
    'cursor-blank',
    'prevCursor empty in place of null',
    behavioural,
    onPage((body) => Object.assign(body, { prevCursor: body.prevCursor ?? '' })),
  ),
  made(
    'has-more-number',
    'hasMore as 0 or 1',
    expectation('breaking', BODY),
    onPage((body) => Object.assign(body, { hasMore: Number(body.hasMore) })),
  ),
  made(
    'page-overlap',
    'a page begins with the last conversation of the page before',
    listing,
    onPage((body, { query: from }, memory) => {
      const page = list(body.interactions);
      const before = memory.get('last');
      if (from.has('cursor') && isJson(before) && page.length > 0) body.interactions = [before, ...page.slice(0, -1)];
      memory.set('last', page.at(-1));
    }),
  ),
  made(
    'unknown-key-turn',
    'a turn with an unknown key is answered',
    critical,
    refused(401, (response, { operation, body }) => {
      if (operation !== 'turn' || !isJson(body)) return;
      Object.assign(response, { status: 200, body: [eventOf(body)] });
    }),
  ),
  made(
    'read-key-removes',
    'a key of scope read removes',
    critical,
    refused(403, (response, { operation }) => {
      if (operation === 'delete') Object.assign(response, { status: 200, body: { success: true } });
    }),
  ),
];

const eventOf = ({ role, content }: Json): object =>
  publicEvent(randomUUID(), Date.now(), role as Parameters<typeof publicEvent>[2], String(content));
