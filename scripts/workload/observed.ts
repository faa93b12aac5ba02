import { hash } from 'node:crypto';
import { languageOf } from '../foundation/text/language.ts';
import { isRecord } from '../http/stored-conversation.ts';

/** Who can send a turn. Messages of `finibot` are answers of the service. */
export const ROLES = ['user', 'agent', 'otherbot'] as const;

export interface ObservedTurn {
  readonly role: (typeof ROLES)[number];
  /** Since the message before it; 0 for the first turn. */
  readonly pauseMs: number;
  readonly chars: number;
}

/** The shape of a stored conversation, without anything that was said in it. */
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

/** A conversation of thousands of messages is one of machines: its first turns are enough. */
const MOST_TURNS = 200;
const EARLIEST = Date.UTC(2000, 0, 1);
/** Of clocks. */
const SLACK_MS = 60_000;
const READ_CHARS = 200;

/** What is to be learnt from a conversation as List conversations shows it, whatever it shows. */
export function observe(value: unknown, nowMs: number): Observed | Unusable {
  if (!isRecord(value) || typeof value.id !== 'string' || !Array.isArray(value.events)) return 'malformed';
  const messages = value.events.filter(isRecord).map(messageOf);
  if (messages.length < value.events.length) return 'malformed';
  if (messages.some(({ at }) => !(at >= EARLIEST && at <= nowMs + SLACK_MS))) return 'withoutTimes';
  messages.sort((a, b) => a.at - b.at);
  const turns = turnsOf(messages);
  const [first, latest] = [messages.find(isTurn), messages.at(-1)];
  if (first === undefined || latest === undefined) return 'withoutTurns';
  return {
    key: hash('sha256', value.id, 'hex').slice(0, 16),
    startMs: first.at,
    latestMs: latest.at,
    language: languageIn(messages),
    channel: typeof value.channel === 'string' ? value.channel : '',
    turns,
  };
}

interface Message {
  readonly at: number;
  readonly role: unknown;
  readonly text: string;
}

function messageOf({ createdAt, role, message }: Record<string, unknown>): Message {
  return {
    at: typeof createdAt === 'number' ? createdAt : Number.NaN,
    role,
    text: typeof message === 'string' ? message : '',
  };
}

const roleOf = (role: unknown): ObservedTurn['role'] | undefined => ROLES.find((known) => known === role);
const isTurn = ({ role }: Message): boolean => roleOf(role) !== undefined;

function turnsOf(messages: readonly Message[]): ObservedTurn[] {
  const turns: ObservedTurn[] = [];
  for (const [index, { at, role: of, text }] of messages.entries()) {
    const role = roleOf(of);
    if (role === undefined) continue;
    const before = turns.length === 0 ? at : (messages[index - 1]?.at ?? at);
    turns.push({ role, pauseMs: at - before, chars: text.length });
    if (turns.length === MOST_TURNS) break;
  }
  return turns;
}

/** Of what customers said first; of others where customers said nothing. */
function languageIn(messages: readonly Message[]): string {
  const said = messages.filter(isTurn);
  const users = said.filter(({ role }) => role === 'user');
  let text = '';
  for (const message of users.length > 0 ? users : said) {
    text += `${message.text.slice(0, READ_CHARS)}\n`;
    if (text.length >= READ_CHARS) break;
  }
  return languageOf(text.slice(0, READ_CHARS)) ?? 'und';
}
