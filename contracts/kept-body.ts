import { parseJson } from './parse-json.ts';
import { type Forbidden, PERSONAL, type Redact, redactFields, redactStrings } from './redact.ts';
import { wellFormed } from './unicode.ts';

/** Of a longer body the beginning is kept, as text. */
export const LONGEST_BODY = 100_000;
/** Half a key or an address at the cut is not recognised as one; neither is longer. */
const MARGIN = 1_000;
const ESCAPED = /\\+u([0-9a-fA-F]{4})/g;

/** A body as it may be kept: as JSON where it is JSON, else as text. Its strings and property names are redacted. */
export function keptBody(body: string, { fields }: Pick<Forbidden, 'fields'>, safe: Redact): unknown {
  const parsed = body.length > LONGEST_BODY ? undefined : parseJson(body);
  if (parsed?.ok) return redactStrings(withoutFields(parsed.value, fields), safe);
  const head = safe(redactFields(unescaped(body.slice(0, LONGEST_BODY + MARGIN)), fields));
  return wellFormed(body.length > LONGEST_BODY ? head.slice(0, -MARGIN) : head);
}

/** In text that is no whole JSON, escapes could hide what is forbidden. */
const unescaped = (text: string): string =>
  text.includes('\\u')
    ? text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** The value with everything under these property names taken out, whatever it is. */
function withoutFields(value: unknown, fields: readonly string[]): unknown {
  if (fields.length === 0) return value;
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    for (const [name, item] of Object.entries(typeof next === 'object' && next !== null ? next : {})) {
      if (fields.includes(name)) Object.defineProperty(next, name, { value: PERSONAL, enumerable: true });
      else waiting.push(item);
    }
  }
  return value;
}
