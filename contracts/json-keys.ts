import type { Path } from './breach.ts';
import { isRedacted } from './redact.ts';

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

interface Level {
  readonly keys: Set<string> | undefined;
  /** The key or index of the value that is being read. */
  at: string | number;
}

/** Path of the first key that an object repeats in a JSON text that parses to `value`; keys that redaction made equal were not. */
export function repeatedKey(body: string, value: unknown): Path | undefined {
  // Parsing keeps one of two equal keys. Text or blanks that hide or look like a key only cost the closer look.
  return body.split('":').length - 1 === countKeys(value) ? undefined : findRepeat(body);
}

function countKeys(value: unknown): number {
  let keys = 0;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const parts: readonly unknown[] = Object.values(next);
    if (!Array.isArray(next)) keys += parts.length;
    for (const part of parts) waiting.push(part);
  }
  return keys;
}

function findRepeat(body: string): Path | undefined {
  const levels: Level[] = [];
  let text = '';
  for (const [token] of body.matchAll(TOKEN)) {
    const level = levels[levels.length - 1];
    if (token === '{') levels.push({ keys: new Set(), at: '' });
    else if (token === '[') levels.push({ keys: undefined, at: 0 });
    else if (token === '}' || token === ']') levels.pop();
    else if (token === ',' && typeof level?.at === 'number') level.at += 1;
    else if (token === ':' && level?.keys !== undefined) {
      level.at = JSON.parse(text) as string;
      if (level.keys.has(level.at) && !isRedacted(level.at)) return levels.map(({ at }) => at);
      level.keys.add(level.at);
    } else text = token;
  }
  return undefined;
}
