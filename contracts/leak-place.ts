import type { ParsedBody } from './answer.ts';
import type { Path } from './breach.ts';
import { type Leak, leakIn } from './leak.ts';

/** A leak in a body: the string that holds it, and where. */
export interface LeakPlace extends Leak {
  readonly path: Path;
  readonly text: string;
}

/** Deeper than this no envelope is. */
const DEEPEST = 8;
const MOST_TEXTS = 200;
/** What an error shows it shows at its beginning; the patterns are not for megabytes. */
const LONGEST = 20_000;

/** The first string of a JSON body that leaks something, or the body itself where it is no JSON. */
export function leakPlace(body: string, json: ParsedBody, said: string): LeakPlace | undefined {
  const texts: (readonly [Path, string])[] = [];
  if (json.ok) collect(json.value, ['body'], texts);
  else texts.push([['body'], body]);
  for (const [path, text] of texts) {
    const leak = leakIn(text.slice(0, LONGEST), said);
    if (leak !== undefined && !(leak.kind === 'person' && isUndocumented(path))) return { ...leak, path, text };
  }
  return undefined;
}

/** An address in a property outside the envelope is a finding on that property. */
const isUndocumented = ([, name]: Path): boolean => name !== undefined && !ENVELOPE.includes(String(name));

const ENVELOPE = ['message', 'error'];

/** Whether the words of an error, in which the ledger hides addresses, hold this mark. */
export function saysMark(body: string, json: ParsedBody, mark: string): boolean {
  if (!json.ok) return body.includes(mark);
  const { message, error } = (json.value ?? {}) as { message?: unknown; error?: unknown };
  return JSON.stringify([message, error]).includes(mark);
}

function collect(value: unknown, path: Path, texts: (readonly [Path, string])[]): void {
  if (texts.length >= MOST_TEXTS || path.length > DEEPEST) return;
  if (typeof value === 'string') texts.push([path, value]);
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) collect(item, [...path, index], texts);
  else if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value)) collect(item, [...path, name], texts);
}
