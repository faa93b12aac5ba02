import type { PublicEvent } from './event.ts';

/** Letters and digits in one piece, as order numbers and references are. */
const CODE = /\b[a-z0-9]+(?:-[a-z0-9]+)*\b/gi;
const LEAST_CHARS = 4;
const LEAST_DIGITS = 3;
/** What a client or a channel adds in brackets is not what the customer said. */
const ADDED = /\[[^\]]*\]/g;
const QUESTION =
  /\b(what|which|repeat|remind|tell)\b[^.!]*\b(number|reference|code)\b|\b(number|reference|code)\b[^.!]*\b(what|which|again)\b/i;
/** The start of a message holds what is asked; long ones are not searched whole. */
const SEARCHED_CHARS = 1_000;

/** Whether a message asks for the number or reference that the customer gave before. */
export function asksForCode(message: string): boolean {
  const said = plain(message);
  return QUESTION.test(said) && codeIn(said) === undefined;
}

/** The number or reference that the customer gave last in these events. */
export function givenCode(events: readonly PublicEvent[]): string | undefined {
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index];
    const code = event?.role === 'user' ? codeIn(plain(event.message)) : undefined;
    if (code !== undefined) return code;
  }
  return undefined;
}

const plain = (message: string): string => message.slice(0, SEARCHED_CHARS).replace(ADDED, ' ');

function codeIn(said: string): string | undefined {
  const isCode = (piece: string) => piece.length >= LEAST_CHARS && piece.replace(/\D/g, '').length >= LEAST_DIGITS;
  return said.match(CODE)?.find(isCode);
}
