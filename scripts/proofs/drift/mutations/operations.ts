import { BODY, expectation, STATUS } from '../expectations.ts';
import { everywhere, maker, onArticles, onConversation, saidByAi } from './changes.ts';
import { events, good, isJson, type Json, list, type Mutation } from './mutation.ts';

const behavioural = expectation('behavioural', BODY);
const message = expectation('behavioural', /\/message$/);
const readback = expectation('behavioural', /^#\/readback/);
const made = maker('operate');
const UNKNOWN = 'ffffffff-0000-4000-8000-000000000000';
/** What is said, stored, listed and removed after changes that no schema shows. Written before any of them was run. */
export const OPERATIONS: readonly Mutation[] = [
  made(
    'reply-key',
    'keys of a translation as replies',
    message,
    saidByAi(({ id }) => `chat.replies.topic_${String(id).slice(0, 2)}.title`),
  ),
  made(
    'reply-printf',
    'a place of printf in replies',
    message,
    saidByAi((one) => `Hello %s, ${one.message}`),
  ),
  made(
    'reply-numbered',
    'a numbered place in replies',
    message,
    saidByAi((one) => `Hello {0}, ${one.message}`),
  ),
  made(
    'reply-parts',
    'a list of parts as JSON in replies',
    message,
    saidByAi((one) => JSON.stringify([{ type: 'text', text: one.message }])),
  ),
  made(
    'reply-disclaimer',
    'each reply begins with a disclaimer',
    message,
    saidByAi(
      (one) =>
        `As an AI language model I may be wrong, so please check what I say with a person of our team before you rely on it: ${one.message}`,
    ),
  ),
  made(
    'reply-cut',
    'sixty characters of each reply, when it is answered',
    readback,
    good(
      'turn',
      (body: Json[]) => void (body[1] && Object.assign(body[1], { message: String(body[1].message).slice(0, 60) })),
    ),
  ),
  made(
    'articles-later',
    'a turn names no articles, and Get does',
    readback,
    events('turn', (one) => Object.assign(one, { usedArticles: [] })),
  ),
  made(
    'articles-same',
    'all articles have one id',
    behavioural,
    onArticles((article) => Object.assign(article, { id: '11111111-2222-4333-8444-555555555555' })),
  ),
  made(
    'question-escaped',
    'ends of lines in the question are escaped',
    message,
    events(
      'turn',
      (one) => one.role !== 'finibot' && Object.assign(one, { message: String(one.message).replaceAll('\n', '\\n') }),
    ),
  ),
  made(
    'question-cut',
    'the question is stored up to 255 characters',
    expectation('behavioural', /message$/),
    everywhere((one) => one.role === 'user' && Object.assign(one, { message: String(one.message).slice(0, 255) })),
  ),
  made(
    'get-reply-blank',
    'Get shows a blank behind each reply',
    readback,
    events('get', (one) => one.role === 'finibot' && Object.assign(one, { message: `${one.message} ` })),
  ),
  made(
    'get-no-otherbot',
    'Get lacks what other bots said',
    readback,
    onConversation((body) =>
      Object.assign(body, { events: list(body.events).filter(({ role }) => role !== 'otherbot') }),
    ),
  ),
  made(
    'get-previous',
    'Get shows the conversation that was read before',
    expectation('critical', /^#\/readback/),
    (response, { operation, path, authorization }, memory) => {
      if (operation !== 'get' || response.status !== 200) return;
      const { body } = response;
      const last = memory.get(authorization) as { path: string; body: unknown } | undefined;
      if (last !== undefined && last.path !== path) response.body = last.body;
      memory.set(authorization, { path, body });
    },
  ),
  made(
    'get-unknown-other',
    'Get of an unknown id shows the conversation that was read last',
    expectation('critical', STATUS),
    (response, { operation, path }, memory) => {
      if (operation !== 'get') return;
      if (response.status === 200) memory.set('body', response.body);
      else if (path.includes(UNKNOWN) && memory.has('body'))
        Object.assign(response, { status: 200, body: memory.get('body') });
    },
  ),
  made(
    'get-status-flips',
    'the status of a conversation is null at each second look',
    behavioural,
    (response, { operation, path }, memory) => {
      if (operation !== 'get' || response.status !== 200 || !isJson(response.body)) return;
      memory.set(path, memory.get(path) !== true);
      if (memory.get(path) === true) response.body.status = null;
    },
  ),
];
