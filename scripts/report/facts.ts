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

// Controls (C0, DEL, C1), bidirectional marks and overrides, non-characters that XML 1.0 refuses.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]/g;
