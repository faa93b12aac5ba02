import { literal, PERSONAL, type Redact } from '../../contracts/redact.ts';
import type { KeepText } from './observed.ts';

const LONGEST = 20_000;
/** What is cut at the end may be half an address. */
const MARGIN = 1_000;
const LINK = /\b(?:https?:\/\/|www[.])\S+/gi;
/** Addresses in forms that are no usual e-mail, and names of accounts. */
const AT = /\S*[@＠﹫]\S+/gu;
/** Telephone, card and account numbers, however they are grouped. */
const GROUPED = /[+(]?\p{Nd}(?:[\s()./,·•−\p{Pd}]{0,2}\p{Nd}){4,}/gu;
/** Order numbers: words with four digits or more. */
const NUMBERED = /(?<![\p{L}\p{N}])(?=(?:[\p{L}_-]*\p{Nd}){4})[\p{L}\p{N}_-]+/gu;
const NUMBER = '[number]';

/**
 * Keeps a text without keys, e-mail addresses and configured personal data, without links and long numbers, and without what is
 * known of the customer.
 */
export function keepText(redact: Redact): KeepText {
  return (text, attributes) => {
    const head = redact(text.slice(0, LONGEST + MARGIN))
      .replace(LINK, '[link]')
      .replace(AT, '[e-mail]');
    const safe = withoutValues(head, attributes).replace(GROUPED, NUMBER).replace(NUMBERED, NUMBER);
    return (text.length > LONGEST ? safe.slice(0, LONGEST - MARGIN) : safe).trim();
  };
}

/** More values, and longer ones, tell of no customer. */
const MOST_VALUES = 500;
const LONGEST_VALUE = 200;
const SHORTEST_VALUE = 3;

function withoutValues(text: string, attributes: unknown): string {
  const values = personalValues(attributes).map(literal);
  if (values.length === 0) return text;
  values.sort((a, b) => b.length - a.length);
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])(?:${values.join('|')})s?(?![\\p{L}\\p{N}])`, 'giu'), PERSONAL);
}

/** Of attributes every value; of names and addresses the words too. */
function personalValues(attributes: unknown): string[] {
  const values = new Set<string>();
  const waiting: (readonly [name: string, value: unknown])[] = [['', attributes]];
  for (let next = waiting.pop(); next !== undefined && values.size < MOST_VALUES; next = waiting.pop()) {
    const [name, value] = next;
    if (typeof value === 'object' && value !== null) {
      const isList = Array.isArray(value);
      for (const [key, item] of Object.entries(value).slice(0, MOST_VALUES)) waiting.push([isList ? name : key, item]);
    }
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const text = String(value).trim();
    const words = /name|mail|user/i.test(name) ? text.split(/[^\p{L}\p{N}]+/u) : [];
    for (const part of [text, ...words]) {
      if (part.length >= SHORTEST_VALUE && part.length <= LONGEST_VALUE) values.add(part);
    }
  }
  return [...values];
}
