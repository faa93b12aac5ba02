import { wellFormed } from '../../contracts/unicode.ts';

const BEYOND_ASCII = /[\u0080-\uffff]/g;
/** A shorter text would be found in ordinary words. */
export const LEAST_SECRET = 8;

/** Half of the samples that a ledger keeps of what came. */
const LONGEST_PIECE = 40;

/** A way in which a secret may have been written, by its name: `base64`, `URL-encoded`. */
export interface Form {
  readonly name: string;
  readonly text: string;
}

/** The forms that services, tools and errors write a secret in; each differs from the others. */
export function commonForms(secret: string): Form[] {
  const hex = Buffer.from(secret).toString('hex');
  const everyByte = (before: string, digits: string): string => digits.replace(/../g, (pair) => `${before}${pair}`);
  return distinct([
    { name: 'plain', text: secret },
    { name: 'JSON-escaped', text: escaped(secret) },
    { name: 'JSON-escaped twice', text: escaped(escaped(secret)) },
    { name: 'URL-encoded', text: encodeURIComponent(secret) },
    { name: 'HTML-escaped', text: htmlEscaped(secret) },
    { name: 'in capitals', text: secret.toUpperCase() },
    { name: 'without its last character', text: secret.slice(0, -1) },
    { name: 'in small letters', text: secret.toLowerCase() },
    ...base64Forms(secret),
    ...[hex, hex.toUpperCase()].flatMap((digits) => [
      { name: 'hexadecimal', text: digits },
      { name: 'URL-encoded', text: everyByte('%', digits) },
      { name: 'JSON-escaped', text: everyByte('\\u00', digits) },
    ]),
  ]);
}

/** As `commonForms`, and those that somebody must have meant. */
export function allForms(secret: string): Form[] {
  const entities = (radix: number, before: string): Form => ({
    name: 'HTML-escaped',
    text: [...secret].map((character) => `${before}${character.charCodeAt(0).toString(radix)};`).join(''),
  });
  return distinct([...commonForms(secret), entities(10, '&#'), entities(16, '&#x')]);
}

/** The forms that serialisers write a text of somebody in. */
export function valueForms(value: string): string[] {
  const json = escaped(value);
  const ascii = json.replace(BEYOND_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const whole = wellFormed(value);
  return [...new Set([value, json, ascii, encodeURI(whole), encodeURIComponent(whole)])];
}

/**
 * What to look for so that a form is found whole, cut off, or broken over two lines anywhere: its halves, or of a longer
 * one more pieces. Of a short form there is only the whole.
 */
export function piecesOf(text: string): string[] {
  if (text.length < 2 * LEAST_SECRET) return [text];
  const count = Math.max(2, Math.ceil(text.length / LONGEST_PIECE));
  const end = (piece: number): number => Math.floor((piece * text.length) / count);
  return Array.from({ length: count }, (_, piece) => text.slice(end(piece), end(piece + 1)));
}

/**
 * The base64 of whatever holds the secret: as it starts at the first, second or third byte of a group, without the
 * digits that depend on its neighbours; in both alphabets (RFC 4648, 4 and 5).
 */
function base64Forms(secret: string): Form[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
    const first = shift === 0 ? 0 : shift + 1;
    const sure = Math.floor((padded.length * 8) / 6);
    return (['base64', 'base64url'] as const).map((name) => ({
      name,
      text: padded.toString(name).slice(first, sure),
    }));
  });
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const htmlEscaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

function distinct(forms: readonly Form[]): Form[] {
  const seen = new Set<string>();
  return forms.filter(({ text }) => text.length >= LEAST_SECRET && !seen.has(text) && seen.add(text));
}
