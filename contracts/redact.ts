import { hasAny } from './has-any.ts';

/** What nothing that is written may hold. It is data: the side that knows the keys hands it to the other. */
export interface Forbidden {
  /** Forms in which API keys may come to be written, and pieces of these, so that a part is found too; longest first. */
  readonly keys: readonly string[];
  /** Personal data, longest first. */
  readonly values: readonly string[];
  /** Regular expressions of personal data. */
  readonly patterns: readonly string[];
  /** Names of properties whose values in an answer are personal. */
  readonly fields: readonly string[];
}

export type Redact = (text: string) => string;

/** Looks like a key or a token of somebody. `fini_harness` is the mark of test conversations. */
const TOKEN = /\b(?:fini_(?!harness\b)|sk-)[\w-]{6,}/g;
const BEARER = /\b(Bearer\s+)[\w.~+/=-]{6,}/gi;
/** How an at sign is written in a URL, in JSON and in HTML; twice escaped in a URL within a URL. */
export const AT = String.raw`(?:@|%(?:25)*40|\\+u0040|&#(?:64|x40);|&commat;)`;
/** What an at sign is written with: most text has none of these. */
const HINTS = ['@', '%40', '2540', 'u0040', '&#64;', '&#x40;', '&commat;'];
export const DOT = String.raw`(?:\.|%(?:25)*2[eE]|\\+u002[eE])`;
const NO_LOCAL = String.raw`\s"'\`@<>(),;:[\]\\`;

/** Whether a text may hold an e-mail address. */
export const mayHoldEMail = (text: string): boolean => hasAny(text, HINTS);

/** An escape of JSON (in JSON within JSON: after several backslashes), which stays as it is, or an e-mail address, also of a URL. */
const ESCAPE_OR_E_MAIL = new RegExp(
  String.raw`[^${NO_LOCAL}]{1,64}${AT}[^${NO_LOCAL}]{1,255}${DOT}[^${NO_LOCAL}\d.]{2,}|(\\+(?:u[0-9a-fA-F]{4}|.))`,
  'g',
);

/** Whether the address around the at sign at this place would be redacted. */
export function isEMail(text: string, at: number): boolean {
  for (const match of text.matchAll(ESCAPE_OR_E_MAIL)) {
    if (match.index > at) return false;
    if (match[1] === undefined && match.index + match[0].length > at) return true;
  }
  return false;
}

/** Of URLs and of JSON pointers. */
export const HAS_ESCAPE = /%[0-9A-Fa-f]{2}|~[01]/;
const PIECES = /\[key\](?:\[key\])+/g;

/** What stands in the place of a key. */
export const HIDDEN_KEY = '[key]';
export const PERSONAL = '[personal]';
/** What stands in the place of an e-mail address. */
export const HIDDEN_E_MAIL = '[e-mail]';

/** Whether something was taken out of a text, so that texts that differed may be equal now. */
export const isRedacted = (text: string): boolean => hasAny(text, [HIDDEN_KEY, PERSONAL, HIDDEN_E_MAIL]);

/** Takes keys out of text, and nothing else; `keys` are their forms and pieces, longest first. */
export function keyRedactor(keys: readonly string[]): Redact {
  // Wholes need no look where no piece is found.
  const pieces = keys.filter((key) => !keys.some((other) => other !== key && key.includes(other)));
  return (text) => {
    // `includes` is quick; most text holds nothing.
    if (!hasAny(text, pieces)) return text;
    let rest = text;
    for (const key of keys) rest = rest.split(key).join(HIDDEN_KEY);
    return rest.replace(PIECES, HIDDEN_KEY);
  };
}

/** Takes out of text what is forbidden, whatever looks like a key, and e-mail addresses. Text without them stays the same. */
export function redactor({ keys, values, patterns }: Pick<Forbidden, 'keys' | 'values' | 'patterns'>): Redact {
  const withoutKeys = keyRedactor(keys);
  const expressions = patterns.map((pattern) => new RegExp(pattern, 'g'));
  return (text) => {
    let rest = withoutKeys(text);
    for (const value of values) if (rest.includes(value)) rest = rest.split(value).join(PERSONAL);
    for (const expression of expressions) rest = rest.replace(expression, PERSONAL);
    if (rest.includes('earer')) rest = rest.replace(BEARER, `$1${HIDDEN_KEY}`);
    if (rest.includes('fini_') || rest.includes('sk-')) rest = rest.replace(TOKEN, HIDDEN_KEY);
    if (mayHoldEMail(rest)) rest = rest.replace(ESCAPE_OR_E_MAIL, (_, escaped?: string) => escaped ?? HIDDEN_E_MAIL);
    return rest;
  };
}

/** For text of which nothing is known. */
export const redact: Redact = redactor({ keys: [], values: [], patterns: [] });

/** A JSON value with all its texts and property names redacted, and no number or structure changed; as deep as it is. */
export function redactStrings(value: unknown, safe: Redact): unknown {
  const waiting: (readonly [from: object, to: object])[] = [];
  const redacted = (item: unknown): unknown => {
    if (typeof item === 'string') return isPointer(item) ? redactedPointer(item, safe) : safe(item);
    if (typeof item !== 'object' || item === null) return item;
    const copy = Array.isArray(item) ? [] : {};
    waiting.push([item, copy]);
    return copy;
  };
  const root = redacted(value);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [from, to] = next;
    for (const [name, item] of Object.entries(from)) {
      // A plain assignment to `__proto__` would be none to a property.
      const part = { value: redacted(item), enumerable: true, writable: true, configurable: true };
      Object.defineProperty(to, Array.isArray(to) ? name : safe(name), part);
    }
  }
  return root;
}

const isPointer = (text: string): boolean => text.startsWith('#/') && HAS_ESCAPE.test(text);

/** A pointer escapes what a name holds (RFC 6901), so that a pattern would not find it: its parts are read before. */
function redactedPointer(pointer: string, safe: Redact): string {
  const part = (escaped: string): string => {
    const name = unescaped(escaped);
    const clean = safe(name);
    return clean === name ? escaped : clean.replace(/~/g, '~0').replace(/\//g, '~1');
  };
  return safe(pointer.split('/').map(part).join('/'));
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~');
  } catch {
    return part;
  }
}

/** A regular expression that matches this text alone, outside a class; a hyphen must not be escaped where there are Unicode classes. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** JSON text with the texts and numbers under these property names taken out, whatever else is wrong with it. */
export function redactFields(json: string, fields: readonly string[]): string {
  if (!fields.some((field) => json.includes(`"${field}"`))) return json;
  const names = fields.map(literal).join('|');
  const property = new RegExp(`("(?:${names})"\\s*:\\s*)(?:"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"|-?\\d[\\d.eE+-]*)`, 'g');
  return json.replace(property, `$1"${PERSONAL}"`);
}
