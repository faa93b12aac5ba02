import { hash } from 'node:crypto';
import { languageOf } from '../foundation/text/language.ts';
import { isRecord } from '../http/stored-conversation.ts';
import { channelName } from './channel-name.ts';

/** Who can send a turn. Messages of `finibot` are answers of the service. */
export const ROLES = ['user', 'agent', 'otherbot'] as const;

export interface ObservedTurn {
  readonly role: (typeof ROLES)[number];
  /** Since the message before it; 0 for the first turn. */
  readonly pauseMs: number;
  readonly chars: number;
  /** What was said, as it may be kept; only where it was asked for. */
  readonly text?: string;
}

/** The shape of a conversation, without anything that was said in it, unless that was asked for. */
export interface Observed {
  /** Tells conversations apart; no id can be read from it. */
  readonly key: string;
  /** Of its first turn, and of its latest message. */
  readonly startMs: number;
  readonly latestMs: number;
  /** `und` where there is too little text. */
  readonly language: string;
  readonly channel: string;
  readonly turns: readonly ObservedTurn[];
}

/** Why nothing can be learnt from a conversation. */
export type Unusable = 'malformed' | 'withoutTimes' | 'withoutTurns';

/** What may be kept of a text, given what is known of the customer. */
export type KeepText = (text: string, attributes: unknown) => string;

/** A conversation of thousands of messages is one of machines: its first turns are enough. */
const MOST_TURNS = 200;
const EARLIEST = Date.UTC(2000, 0, 1);
/** Of clocks. */
const SLACK_MS = 60_000;
const READ_CHARS = 200;

/** What is to be learnt from a conversation as List conversations shows it, whatever it shows. */
export function observe(value: unknown, nowMs: number, keep?: KeepText): Observed | Unusable {
  if (!isRecord(value) || typeof value.id !== 'string' || !Array.isArray(value.events)) return 'malformed';
  const messages = value.events.filter(isRecord).map(messageOf);
  if (messages.length < value.events.length) return 'malformed';
  const { id, channel, userAttributes } = value;
  return shapeOf(
    { id, channel: typeof channel === 'string' ? channelName(channel) : '', messages, languageIn },
    nowMs,
    keep && (({ text }) => keep(text, userAttributes)),
  );
}

export interface Message {
  /** Epoch ms. */
  readonly at: number;
  readonly role: unknown;
  readonly chars: number;
}

interface Shaped<M extends Message> {
  readonly id: string;
  readonly channel: string;
  readonly messages: readonly M[];
  /** Of messages in their order. */
  readonly languageIn: (messages: readonly M[]) => string;
}

/** What is to be learnt from the messages of a conversation, in whatever order they are. */
export function shapeOf<M extends Message>(
  { id, channel, messages: unsorted, languageIn }: Shaped<M>,
  nowMs: number,
  textOf?: (message: M) => string,
): Observed | Unusable {
  if (!unsorted.every(({ at }) => isPlausible(at, nowMs))) return 'withoutTimes';
  const messages = [...unsorted].sort((a, b) => a.at - b.at);
  const [first, latest] = [messages.find(isTurn), messages.at(-1)];
  if (first === undefined || latest === undefined) return 'withoutTurns';
  return {
    key: keyOf(id),
    startMs: first.at,
    latestMs: latest.at,
    language: languageIn(messages),
    channel,
    turns: turnsOf(messages, textOf),
  };
}

export const isPlausible = (at: number, nowMs: number): boolean => at >= EARLIEST && at <= nowMs + SLACK_MS;

export const keyOf = (id: string): string => hash('sha256', id, 'hex').slice(0, 16);

interface TextMessage extends Message {
  readonly text: string;
}

function messageOf({ createdAt, role, message }: Record<string, unknown>): TextMessage {
  const text = typeof message === 'string' ? message : '';
  return { at: typeof createdAt === 'number' ? createdAt : Number.NaN, role, chars: text.length, text };
}

const roleOf = (role: unknown): ObservedTurn['role'] | undefined => ROLES.find((known) => known === role);
export const isTurn = ({ role }: Pick<Message, 'role'>): boolean => roleOf(role) !== undefined;

function turnsOf<M extends Message>(messages: readonly M[], textOf?: (message: M) => string): ObservedTurn[] {
  const turns: ObservedTurn[] = [];
  for (const [index, message] of messages.entries()) {
    const { at, chars } = message;
    const role = roleOf(message.role);
    if (role === undefined) continue;
    const before = turns.length === 0 ? at : (messages[index - 1]?.at ?? at);
    turns.push({ role, pauseMs: at - before, chars, ...(textOf && { text: textOf(message) }) });
    if (turns.length === MOST_TURNS) break;
  }
  return turns;
}

/** Of what customers said first; of others where customers said nothing. */
function languageIn(messages: readonly TextMessage[]): string {
  const said = messages.filter(isTurn);
  const users = said.filter(({ role }) => role === 'user');
  let text = '';
  for (const message of users.length > 0 ? users : said) {
    text = firstText(text, message.text);
    if (isEnough(text)) break;
  }
  return languageIs(text);
}

/** Of a text whose language is looked for. */
export const isEnough = (text: string): boolean => text.length >= READ_CHARS;

export const languageIs = (text: string): string => languageOf(text) ?? 'und';

/** As much of texts, one after the other, as their language needs. It does not hold a long text in memory. */
export function firstText(before: string, text: string): string {
  if (isEnough(before)) return before;
  const more = text.length > READ_CHARS ? Buffer.from(text.slice(0, READ_CHARS)).toString() : text;
  return `${before}${more}\n`.slice(0, READ_CHARS);
}
