import { namesOfCookies } from '../../contracts/cookie.ts';
import { shortName } from '../../contracts/key-pattern.ts';
import { cut } from '../../contracts/unicode.ts';

/** Nobody documents so many, and few are longer. */
const MOST_HEADERS = 200;
const LONGEST_HEADER = 2_000;

/** What would be taken for absent where others crowd it out: how a body is to be read. */
const NEEDED = ['content-type', 'content-encoding', 'date'];

/**
 * The headers of an answer as the ledger keeps them: names in lower case, those first that say how the body is to be read.
 * Cookies are secrets of a kind: their names are told, their values are not, but for that one is a key, which `hideKeys` tells.
 */
export function keptHeaders(
  headers: Readonly<Record<string, string>>,
  hideKeys: (text: string) => string = (text) => text,
): Record<string, string> {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const needed = named.filter(([name]) => NEEDED.includes(name));
  const others = named.filter(([name]) => !NEEDED.includes(name));
  const found: Record<string, string> = {};
  for (const [name, value] of [...needed, ...others].slice(0, MOST_HEADERS)) {
    found[shortName(name)] = name === 'set-cookie' ? namesOfCookies(hideKeys(value)) : cut(value, LONGEST_HEADER);
  }
  return found;
}
