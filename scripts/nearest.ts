import { closest, distance } from 'fastest-levenshtein';

/** The known name that was probably meant; undefined where none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(
    name.toLowerCase(),
    known.map((it) => it.toLowerCase()),
  );
  const far = distance(name.toLowerCase(), candidate) > Math.max(2, Math.floor(candidate.length / 3));
  return far ? undefined : known.find((it) => it.toLowerCase() === candidate);
}

/** `; did you mean X?`, or nothing: the end of a message about an unknown name. */
export function didYouMean(name: string, known: readonly string[]): string {
  const candidate = nearest(name, known);
  return candidate === undefined ? '' : `; did you mean ${candidate}?`;
}
