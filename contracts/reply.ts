import type { CheckedTurn, LooseEvent } from './answer.ts';
import type { Breach } from './breach.ts';
import { hasAny } from './has-any.ts';
import { around } from './unicode.ts';
import type { Expected } from './violation.ts';

const INVISIBLE = /[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;
/** Longer texts of nothing but invisible characters nobody writes. */
const MOST_INVISIBLE = 100;

/** Whether a text shows nothing. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  // Nearly every text begins with a letter of ASCII, and to replace what is invisible takes k6 as long as all else.
  if (first > 0x20 && first < 0x7f) return false;
  return text.length <= MOST_INVISIBLE ? text.replace(INVISIBLE, '') === '' : text.trim() === '';
}

const CODE = /```[\s\S]*?(```|$)|`[^`]*`/g;

/** The replies to a user turn that are bad at a place of their message; `placeOf` gives it, or -1. */
export function badReplies(
  { role }: CheckedTurn,
  events: readonly LooseEvent[],
  placeOf: (message: string) => number,
  expected: Expected,
): readonly Breach[] {
  if (role !== 'user') return [];
  return events.flatMap(({ role: from, message }, index) => {
    if (from === undefined || from === 'user' || message === undefined) return [];
    const place = placeOf(message);
    return place < 0 ? [] : [{ path: ['body', index, 'message'], expected, value: around(message, place) }];
  });
}

/** A message without the code that it shows. */
export const proseOf = (message: string): string => message.replace(CODE, '');

/**
 * One of these stands in every message that leaks a template's parts, a key or a prompt; most messages with one are
 * innocent. By a character, or a few, that each of them has, so that a message without these is not searched for them.
 */
const WITH_BRACE = ['{{', '${', '{%', ' {', '({', '"{'];
const WITH_BRACKET = [
  ...['[object ', '[Your', '[your', '[YOUR', '[Cust', '[cust', '[CUST', '[Comp', '[comp', '[COMP'],
  ...['[Agent', '[agent', '[AGENT', '[Insert', '[insert', '[INSERT', 'INST]'],
];
const WITH_ANGLE = [
  ...['<|', '<%', '<@', '<#', '<think', '<reasoning', ' <', '</s>', '_of_turn>'],
  ...['<tool', '</tool', '<func', '</func', '<invoke', '</invoke', '<scratchpad', '</scratchpad'],
];
const WITH_COLON = [
  'data:',
  'User:',
  'Human:',
  'Customer:',
  'ser**:',
  'uman**:',
  'tomer**:',
  'ssistant:',
  'SSISTANT:',
  'ssistant**:',
  'SSISTANT**:',
  'bot:',
  'BOT:',
  'bot**:',
  'BOT**:',
  'ystem:',
  'YSTEM:',
];
const WITH_PERCENT = ['%s', '%d', '%(', ' %'];
const WITH_DOLLAR = ['$s', '$d'];
const WITH_QUOTE = ['"tool', '"function'];
const WITH_MODEL = ['anguage model', 'prachmodell'];
const WITH_DE_L = ['de lang', 'de leng'];
const WITH_FIN = ['undefined', 'fini_'];
const WITH_R = ['OREM ', 'ROMPT'];
const AT_START = ['```', 'TODO', 'FIXME', 'TBD'];

/** Whether a message could match a pattern of leaks at all: at a fiftieth of the CPU of the patterns. */
export function isSuspect(message: string): boolean {
  const said = message.trim();
  const first = said[0];
  return (
    !said.includes(' ') ||
    (message.includes('{') && (first === '{' || hasAny(message, WITH_BRACE))) ||
    (message.includes('[') && (first === '[' || hasAny(message, WITH_BRACKET))) ||
    (message.includes('<') && hasAny(message, WITH_ANGLE)) ||
    (message.includes('%') && hasAny(message, WITH_PERCENT)) ||
    (message.includes('$') && hasAny(message, WITH_DOLLAR)) ||
    (message.includes('"') && hasAny(message, WITH_QUOTE)) ||
    (message.includes(':') && hasAny(message, WITH_COLON)) ||
    (message.includes('&') && message.includes(';')) ||
    ((first === '`' || first === 'T' || first === 'F') && AT_START.some((text) => said.startsWith(text))) ||
    message.includes('†') ||
    message.includes('You are ') ||
    message.includes('nstructions') ||
    message.includes('uidelines') ||
    (message.includes('fin') && hasAny(message, WITH_FIN)) ||
    message.includes('null') ||
    message.includes('NaN') ||
    (message.includes('model') && hasAny(message, WITH_MODEL)) ||
    (message.includes('de l') && hasAny(message, WITH_DE_L)) ||
    message.includes('y training data') ||
    message.includes('y knowledge cut') ||
    message.includes('Invalid Date') ||
    message.includes('orem ') ||
    message.includes('rompt') ||
    (message.includes('R') && hasAny(message, WITH_R))
  );
}

/**
 * Where a message first matches one of the patterns, or -1. Code is shown on purpose, and a reply may quote the user: neither counts.
 */
export function placeIn(message: string, patterns: readonly RegExp[], { content }: CheckedTurn): number {
  if (!isSuspect(message)) return -1;
  const prose = proseOf(message);
  const found = patterns.flatMap((pattern) => pattern.exec(prose)?.[0] ?? []).find((text) => !content.includes(text));
  return found === undefined ? -1 : message.indexOf(found);
}
