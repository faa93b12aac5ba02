import { BODY, expectation } from '../expectations.ts';
import { maker, onReply } from './changes.ts';
import { events, good, type Json, type Mutation } from './mutation.ts';

const behavioural = expectation('behavioural', BODY);
const critical = expectation('critical', BODY);
const made = maker('new');

/** Turns that mean something else. */
export const TURNS: readonly Mutation[] = [
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
    events('turn', (one) => Object.assign(one, { createdAt: Number(one.createdAt) - 86_400_000 })),
  ),
];
