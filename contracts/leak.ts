import { encodedTexts } from './base64.ts';
import { isExample, isPlaceholder } from './example.ts';
import { LEAK_PATTERNS, type LeakKind } from './leak-patterns.ts';
import { accountAt, cardAt, personAt, phoneAt } from './person.ts';
import { hintedIn, SECRET_PATTERNS } from './secret-patterns.ts';

export type { LeakKind };

/** A leak in a text, and where it begins. */
export interface Leak {
  readonly kind: LeakKind;
  readonly at: number;
}

/** Each pattern, to be found at every place: the first one may be a quote, and the next one not. */
const EVERYWHERE = LEAK_PATTERNS.map(([kind, pattern]) => ({
  kind,
  pattern: new RegExp(pattern, `${pattern.flags}g`),
}));

const SECRETS = SECRET_PATTERNS.map(({ pattern, hints }) => ({
  kind: 'secret' as const,
  hints,
  pattern: new RegExp(pattern, `${pattern.flags}g`),
}));

/** The first leak in a text that is not a quote of what the sender said, plain or as Base64. */
export function leakIn(text: string, said = ''): Leak | undefined {
  const leak = plainLeak(text, said);
  if (leak !== undefined) return leak;
  for (const { at, decoded } of encodedTexts(text)) {
    const hidden = plainLeak(decoded, said);
    if (hidden !== undefined) return { kind: hidden.kind, at };
  }
  return undefined;
}

/** The first match of patterns in a text that counts as a leak. */
function firstMatch(
  patterns: typeof EVERYWHERE,
  text: string,
  counts: (kind: LeakKind, found: string, at: number) => boolean,
): Leak | undefined {
  for (const { kind, pattern } of patterns) {
    // matchAll would compile the expression anew for every text.
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text))
      if (counts(kind, match[0], match.index)) return { kind, at: match.index };
  }
  return undefined;
}

function plainLeak(text: string, said: string): Leak | undefined {
  const leak = firstMatch(
    EVERYWHERE,
    text,
    (kind, found, at) => !said.includes(found.trim()) && !standsForAny(kind, text, found, at),
  );
  if (leak !== undefined) return leak;
  const found = [personAt, phoneAt, cardAt, accountAt].map((at) => at(text, said)).find((at) => at >= 0);
  return found === undefined ? undefined : { kind: 'person', at: found };
}

/** What a text shows in the place of a secret, or of somebody's date, to say how one is written. */
function standsForAny(kind: LeakKind, text: string, found: string, at: number): boolean {
  return kind === 'secret' ? isPlaceholder(found) : kind === 'person' && isExample(text, at, found.length);
}

/** Where a text shows a secret by its form, plain or as Base64, which is neither a placeholder nor given as an example; or -1. */
export function secretAt(text: string): number {
  const at = plainSecret(text);
  return at >= 0 ? at : (encodedTexts(text).find(({ decoded }) => plainSecret(decoded) >= 0)?.at ?? -1);
}

function plainSecret(text: string): number {
  const counts = (_kind: LeakKind, found: string, at: number): boolean =>
    !isPlaceholder(found) && !isExample(text, at, found.length);
  return firstMatch(SECRETS.filter(hintedIn(text)), text, counts)?.at ?? -1;
}
