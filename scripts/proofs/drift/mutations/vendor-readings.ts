import { randomUUID } from 'node:crypto';
import { expectation } from '../expectations.ts';
import { asked, type Change, each, everywhere, maker, onConversation, onReplies, onShown } from './changes.ts';
import { previewed } from './dialogues.ts';
import { isJson, type Json, list, type Mutation } from './mutation.ts';
import { both } from './novelty.ts';

const made = maker('vreading');

const behavioural = (place: RegExp) => expectation('behavioural', place);

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Four digits or more in one piece. */
const NUMBERS = /\d{4,}/g;

const masked = (text: unknown): string => String(text).replace(NUMBERS, (digits) => '*'.repeat(digits.length));

/** Events as List and Get show them. */
const readBack = (change: (event: Json) => unknown): Change => onShown((one) => each(list(one.events), change));

const midnight = (ms: unknown): number => Number(ms) - (Number(ms) % DAY_MS);

/** Notes go to a conversation of their own. */
const NOTE_APART: NonNullable<Mutation['changeRequest']> = ({ operation, authorization, body }, memory) => {
  if (operation !== 'turn' || !isJson(body)) return undefined;
  const { interactionId, ...others } = body;
  if (typeof body.botId === 'string' && !memory.has('agent')) memory.set('agent', body.botId);
  const isNote = typeof body.role === 'string' && body.role !== 'user';
  const botId = memory.get('agent');
  if (!isNote || botId === undefined || !memory.has(`known ${authorization} ${interactionId}`)) return undefined;
  return { body: { ...others, botId } };
};

/** What is stored of a turn, and how reads show it. */
export const VENDOR_READINGS: readonly Mutation[] = [
  made(
    'numbers-masked',
    'numbers in what a customer said are masked before they are stored',
    behavioural(/\/message$/),
    both(
      everywhere((event) => event.role === 'user' && Object.assign(event, { message: masked(event.message) })),
      previewed,
    ),
  ),
  made(
    'roles-merged',
    'events of other bots are read back as ones of finibot',
    behavioural(/\/role$|^#\/readback/),
    readBack((event) => event.role === 'otherbot' && Object.assign(event, { role: 'finibot' })),
  ),
  made(
    'articles-not-kept',
    'the articles of a reply are not read back',
    behavioural(/\/usedArticles(\/.*)?$|^#\/readback/),
    onShown((one) => each([one, ...list(one.events)], (holder) => Object.assign(holder, { usedArticles: [] }))),
  ),
  made(
    'notes-hidden',
    'events of agents and other bots are not read back',
    behavioural(/^#\/(readback|listing|sequence)/),
    onShown((one) =>
      Object.assign(one, { events: list(one.events).filter(({ role }) => role !== 'agent' && role !== 'otherbot') }),
    ),
  ),
  made(
    'ids-per-read',
    'Get gives events other ids with each read',
    behavioural(/\/id$|^#\/(readback|sequence)/),
    onConversation((one) => each(list(one.events), (event) => Object.assign(event, { id: randomUUID() }))),
  ),
  made(
    'created-at-read',
    'createdAt of a conversation is the time of the read',
    behavioural(/\/createdAt$/),
    onShown((one) => Object.assign(one, { createdAt: Date.now() })),
  ),
  made(
    'reply-an-hour-ago',
    'replies are dated by the clock of the model, an hour behind',
    behavioural(/\/createdAt$/),
    onReplies((reply) => Object.assign(reply, { createdAt: Number(reply.createdAt) - HOUR_MS })),
  ),
  made(
    'dates-only',
    'times of events and conversations are those of the midnight before',
    behavioural(/\/createdAt$/),
    both(
      everywhere((event) => Object.assign(event, { createdAt: midnight(event.createdAt) })),
      onShown((one) => Object.assign(one, { createdAt: midnight(one.createdAt) })),
    ),
  ),
  asked(
    made(
      'notes-apart',
      'notes to a conversation start one of their own',
      behavioural(/^#\/(sequence|readback)/),
      (response, { operation, authorization }, memory) => {
        if (response.status !== 200 || !isJson(response.body) || (operation !== 'list' && operation !== 'get')) return;
        for (const { id } of [response.body, ...list(response.body.interactions)])
          if (typeof id === 'string') memory.set(`known ${authorization} ${id}`, true);
      },
    ),
    NOTE_APART,
  ),
];
