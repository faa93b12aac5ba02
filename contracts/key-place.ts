import type { TurnResponse } from './answer.ts';
import type { Path } from './breach.ts';
import { HIDDEN_KEY } from './redact.ts';

/** Enough of a body to be read for it. */
const MOST_VALUES = 10_000;

interface Place {
  readonly value: unknown;
  readonly path: Path;
}

/** Where the mark of a hidden key stands in an answer: at a header, a property, or the object that has it as a name. */
export function keyPlace({ status, headers, json }: TurnResponse): Path {
  // What is no HTTP, or ended too soon, has no parts that could be named.
  if (status === 0) return ['answer'];
  const header = Object.keys(headers).find((name) => `${name} ${headers[name]}`.includes(HIDDEN_KEY));
  if (header !== undefined) return header.includes(HIDDEN_KEY) ? ['headers'] : ['headers', header];
  return (json.ok ? placeIn(json.value) : undefined) ?? ['body'];
}

/** Level by level, so that neither depth nor length matters. */
function placeIn(body: unknown): Path | undefined {
  const waiting: Place[] = [{ value: body, path: ['body'] }];
  for (let next = 0; next < waiting.length && next < MOST_VALUES; next++) {
    const { value, path } = waiting[next] as Place;
    if (typeof value === 'string' && value.includes(HIDDEN_KEY)) return path;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, item] of Object.entries(value)) {
      if (name.includes(HIDDEN_KEY)) return path;
      if (waiting.length < MOST_VALUES)
        waiting.push({ value: item, path: [...path, Array.isArray(value) ? Number(name) : name] });
    }
  }
  return undefined;
}
