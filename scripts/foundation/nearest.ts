import { distance } from 'fastest-levenshtein';

/** The known name that was probably meant: few letters away, and rather one that starts alike. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const typed = name.toLowerCase();
  const ranked = known
    .map((it) => ({ it, away: distance(typed, it.toLowerCase()), prefix: it.toLowerCase().startsWith(typed) ? 0 : 1 }))
    .filter(({ it, away }) => away <= Math.max(2, Math.floor(it.length / 3)))
    .sort((a, b) => a.away - b.away || a.prefix - b.prefix);
  return ranked[0]?.it;
}

/** `; did you mean X?`, or nothing: the end of a message about an unknown name. */
export function didYouMean(name: string, known: readonly string[]): string {
  const candidate = nearest(name, known);
  return candidate === undefined ? '' : `; did you mean ${candidate}?`;
}
