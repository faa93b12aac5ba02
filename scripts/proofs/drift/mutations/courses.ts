import { BODY, expectation } from '../expectations.ts';
import { everywhere, maker, onTurn, saidByUser } from './changes.ts';
import { events, good, isJson, type Json, list, type Mutation } from './mutation.ts';

const message = expectation('behavioural', /\/message$/);
const removal = expectation('behavioural', /^#\/removal/);
const made = maker('conduct');
const half = (text: unknown, part: 0 | 1): string => {
  const middle = Math.ceil(String(text).length / 2);
  return part === 0 ? String(text).slice(0, middle) : String(text).slice(middle);
};

/** What becomes of what customers say, and of turns as a whole. Written before any of them was run. */
export const COURSES: readonly Mutation[] = [
  made(
    'question-base64',
    'what customers say in Base64',
    message,
    saidByUser((text) => Buffer.from(text).toString('base64')),
  ),
  made(
    'question-hard-blanks',
    'blanks of customers cannot be broken',
    message,
    saidByUser((text) => text.replaceAll(' ', '\u00a0')),
  ),
  made(
    'question-quotes',
    'quotes of customers are curled',
    message,
    saidByUser((text) => text.replaceAll("'", '’').replaceAll('"', '”')),
  ),
  made(
    'question-lower',
    'what customers say in lower case',
    message,
    saidByUser((text) => text.toLowerCase()),
  ),
  made(
    'question-emoji',
    'names of emoji in place of them',
    message,
    saidByUser((text) => text.replace(/\p{Extended_Pictographic}/gu, ':person:')),
  ),
  made(
    'question-lines',
    'ends of lines of customers as on Windows',
    message,
    saidByUser((text) => text.replace(/\r?\n/g, '\r\n')),
  ),
  made('channel-shown', 'the channel before what is said', message, (response, { operation, body }) => {
    const [first] = operation === 'turn' && response.status === 200 ? list(response.body) : [];
    if (first !== undefined && isJson(body) && 'metadata' in body) first.message = `[chat] ${first.message}`;
  }),
  made(
    'split',
    'replies in two halves',
    expectation('behavioural', BODY),
    good('turn', (body: Json[]) => {
      const reply = body[1];
      return (
        reply && [
          body[0],
          { ...reply, message: half(reply.message, 0) },
          { ...reply, id: crypto.randomUUID(), message: half(reply.message, 1) },
        ]
      );
    }),
  ),
  made(
    'merged',
    'question and reply are one event',
    expectation('breaking', BODY),
    good('turn', (body: Json[]) => body[1] && [{ ...body[1], message: `${body[0]?.message}\n\n${body[1].message}` }]),
  ),
  made(
    'history',
    'a turn that goes on answers with the whole conversation',
    expectation('behavioural', BODY),
    (response, { operation, path, body }, memory) => {
      if (response.status !== 200) return;
      if (operation === 'get' && isJson(response.body)) memory.set(path.split('/')[3] ?? '', response.body.events);
      if (operation !== 'turn' || !isJson(body)) return;
      response.body = [...list(memory.get(String(body.interactionId))), ...list(response.body)];
    },
  ),
  made(
    'notes-answered',
    'the AI answers notes of colleagues',
    expectation('behavioural', BODY),
    good('turn', (body: Json[]) => {
      const [note] = body;
      if (body.length !== 1 || note?.role !== 'agent') return undefined;
      return [note, { ...note, id: crypto.randomUUID(), role: 'finibot', message: 'Thank you for the note.' }];
    }),
  ),
  made(
    'reply-pending',
    'null in place of the reply',
    expectation('breaking', BODY),
    good('turn', (body: Json[]) => body[1] && [body[0], null]),
  ),
  made(
    'get-titles',
    'Get titles questions',
    expectation('behavioural', /^#\/readback/),
    events(
      'get',
      (one) =>
        one.role === 'user' &&
        Object.assign(one, { message: String(one.message).replace(/\b[a-z]/g, (a) => a.toUpperCase()) }),
    ),
  ),
  made(
    'removal-redacted',
    'a removed conversation is shown, with its texts blanked',
    removal,
    (response, { operation, path, authorization }, memory) => {
      if (operation !== 'get') return;
      const key = `${authorization} ${path}`;
      if (response.status === 200) memory.set(key, response.body);
      else if (memory.has(key)) {
        const known = memory.get(key) as Json;
        const blank = list(known.events).map((one) => ({ ...one, message: '[removed]' }));
        Object.assign(response, { status: 200, body: { ...known, events: blank } });
      }
    },
  ),
  made('model-added', 'events name the model', expectation('additive', BODY), onTurn({ model: 'large-3' })),
  made(
    'type-markdown',
    'the type of replies is markdown',
    expectation('breaking', /\/type$/),
    everywhere((one) => one.role === 'finibot' && Object.assign(one, { type: 'markdown' })),
  ),
];
