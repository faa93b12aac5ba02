import type { LooseEvent } from './answer.ts';
import type { Path } from './breach.ts';

const EVENT_KEYS = 14;
const ARTICLE_KEYS = 3;
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * Whether a JSON text could repeat a key: cheap, and certain when it says no. It counts the quote-colon pairs, of which
 * events as documented have 14 and articles 3; text or spaces that look like more or fewer of them only cost a closer look.
 */
export function mayRepeatKey(body: string, events: readonly LooseEvent[]): boolean {
  let keys = EVENT_KEYS * events.length;
  for (const { usedArticles } of events) keys += Array.isArray(usedArticles) ? ARTICLE_KEYS * usedArticles.length : 0;
  return body.split('":').length - 1 !== keys;
}

interface Level {
  readonly keys: Set<string> | undefined;
  /** The key or index of the value that is being read. */
  at: string | number;
}

/** Path of the first key that an object of a valid JSON text repeats. */
export function repeatedKey(body: string): Path | undefined {
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
      if (level.keys.has(level.at)) return levels.map(({ at }) => at);
      level.keys.add(level.at);
    } else text = token;
  }
  return undefined;
}
