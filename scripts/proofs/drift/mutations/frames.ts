import { expectation, HEADER, STATUS } from '../expectations.ts';
import { asked, each, everywhere, header, maker, named, onConversation, onShown } from './changes.ts';
import { good, isJson, type Json, list, type Mutation, type ProxyRequest } from './mutation.ts';

const refusal = expectation('breaking', STATUS);
const breakingAt = (name: string) => expectation('breaking', new RegExp(`/${name}(/\\*)?$`));
const made = maker('frame');

const ROLE_CHARS = 10;
/** Events of a conversation that were always written whole. */
const FIRST_EVENTS = 2;

/** Refuses a turn as one without content. */
const withoutContent =
  (isRefused: (content: string) => boolean) =>
  ({ operation, body }: ProxyRequest) =>
    operation === 'turn' && isJson(body) && typeof body.content === 'string' && isRefused(body.content)
      ? { body: { ...body, content: undefined } }
      : undefined;

/** The form of answers, in places or for values that are seldom looked at. Written before any was run. */
export const FRAMES: readonly Mutation[] = [
  made(
    'length-of-characters',
    'Content-Length counts characters in place of bytes',
    expectation('breaking', /^#\/(responses\/[^/]+\/body|readback|listing)/),
    (response) => {
      const text = response.body === undefined ? '' : JSON.stringify(response.body);
      if (text.length === Buffer.byteLength(text)) return;
      response.raw = text;
      response.headers['content-length'] = String(text.length);
    },
  ),
  made(
    'times-of-32-bits',
    'createdAt of events keeps its lower 32 bits',
    breakingAt('createdAt'),
    everywhere((one) => Object.assign(one, { createdAt: Number(one.createdAt) | 0 })),
  ),
  made(
    'texts-typed',
    'a message that consists of digits is a number',
    breakingAt('message'),
    everywhere((one) => /^\d+$/.test(String(one.message)) && Object.assign(one, { message: Number(one.message) })),
  ),
  asked(
    made('zero-missing', 'the text 0 is refused as missing', refusal, () => undefined),
    withoutContent((content) => content === '0'),
  ),
  asked(
    made('blank-ends-refused', 'a text that begins or ends with a blank is refused', refusal, () => undefined),
    withoutContent((content) => content !== content.trim() && content.trim() !== ''),
  ),
  made(
    'urls-with-blanks',
    'documentUrl with blanks that are not escaped',
    breakingAt('documentUrl'),
    named((one) =>
      Object.assign(one, {
        documentUrl: one.documentUrl && String(one.documentUrl).replace('articles', 'all articles'),
      }),
    ),
  ),
  made(
    'agents-comma',
    "agents' createdAt with a comma before the milliseconds",
    breakingAt('createdAt'),
    good('agents', (body: Json[]) =>
      each(list(body), (one) => Object.assign(one, { createdAt: String(one.createdAt).replace('.', ',') })),
    ),
  ),
  made(
    'conversation-articles-ids',
    'the articles of a conversation are their ids alone',
    breakingAt('usedArticles'),
    onShown((one) => Object.assign(one, { usedArticles: list(one.usedArticles).map(({ id }) => id) })),
  ),
  made(
    'began-null',
    'createdAt is null of conversations that no customer began',
    breakingAt('createdAt'),
    onShown((one) => list(one.events)[0]?.role !== 'user' && Object.assign(one, { createdAt: null })),
  ),
  made(
    'later-events-slim',
    'Get shows no attachments of the third event and those after it',
    expectation('breaking', /\/events\/\*(\/attachments)?$/),
    onConversation((one) =>
      each(list(one.events).slice(FIRST_EVENTS), (event) => {
        delete event.attachments;
      }),
    ),
  ),
  made(
    'roles-padded',
    'roles are padded with blanks, as a column of fixed width',
    breakingAt('role'),
    everywhere((one) => Object.assign(one, { role: String(one.role).padEnd(ROLE_CHARS) })),
  ),
  made(
    'coding-utf-8',
    'Content-Encoding names the charset',
    expectation('breaking', HEADER),
    header('turn', 'content-encoding', 'utf-8'),
  ),
];
