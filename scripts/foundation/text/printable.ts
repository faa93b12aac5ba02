// Controls, bidirectional marks and overrides, line separators, and what XML 1.0 refuses.
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufffe\uffff]/gu;
const UNSAFE_IN_LINES = /[^\P{Cc}\n]|[\p{Bidi_Control}\u2028\u2029\ufffe\uffff]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Text from outside, safe to show in a line: characters that could drive a terminal, forge a line, break XML or turn the
 * reading direction become escapes such as `\u001b`. Lone surrogates become U+FFFD.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, escaped).replace(LONE_SURROGATE, '\ufffd');
}

/** The same for text of several lines. In JSON the escapes mean the characters that they stand for. */
export function printableLines(text: string): string {
  return text.replace(UNSAFE_IN_LINES, escaped).replace(LONE_SURROGATE, '\ufffd');
}

/** A JSON value as text that no terminal or editor acts upon; parsed, it is the same value. */
export function jsonText(value: unknown, indent?: number): string {
  return `${printableLines(JSON.stringify(value, null, indent))}\n`;
}

/** As `\u001b`. */
export function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
