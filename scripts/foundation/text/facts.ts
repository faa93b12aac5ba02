/**
 * What the service sent, made safe to show: control characters, which could drive a terminal or break XML, and
 * characters that turn the reading direction become escapes such as `\u001b`. Lone surrogates become U+FFFD.
 */
export function printable(text: string): string {
  return text
    .replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Small data as text: `{ type: 'integer', unit: 'ms' }` is `type integer, unit ms`. */
export function facts(object: Readonly<Record<string, unknown>>): string {
  return Object.entries(object)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .map(printable)
    .join(', ');
}

// Controls, bidirectional marks and overrides, line separators, and what XML 1.0 refuses.
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufffe\uffff]/gu;
