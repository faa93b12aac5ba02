import { detect } from 'tinyld/light';

/** Shorter texts are names and thanks more often than sentences. */
const SHORTEST = 20;
const REFERENCE = /\[ref:[^\]]*\]/g;
const OTHER = /```[\s\S]*?(```|$)|`[^`]*`|https?:\/\/\S+|<[^>]{1,80}>|[{}[\]"*_|#]/g;

/** ISO 639-1 code of the language of a text; undefined where there is too little of it. A guess, right for nearly all sentences: only shares are compared. */
export function languageOf(text: string): string | undefined {
  const prose = text.replace(REFERENCE, ' ').replace(OTHER, ' ').trim();
  if (prose.length < SHORTEST) return undefined;
  return detect(prose.slice(0, 500)) || undefined;
}
