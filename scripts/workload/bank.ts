import type { Random } from '../../contracts/random.ts';
import type { Workload } from '../run/workload/read.ts';

/** What may be said instead of what customers said: contents by role and language. */
export interface Bank {
  /** A text of about so many characters. */
  readonly content: (wanted: Wanted, next: Random) => string;
  /** Whether it has texts of that language. */
  readonly speaks: (language: string) => boolean;
}

export interface Wanted {
  readonly role: string;
  readonly language: string;
  readonly chars: number;
}

/** Texts of the nearest lengths among which one is drawn. */
const CHOICE = 3;
const MOST_CHARS = 20_000;
const FALLBACK = 'en';

/** A bank of the contents of a workload. */
export function bankOf({ conversations }: Pick<Workload, 'conversations'>): Bank {
  const contents = new Map<string, string[]>();
  const all: string[] = [];
  for (const { language = FALLBACK, turns } of conversations) {
    for (const { role = 'user', content } of turns) {
      all.push(content);
      const key = `${role} ${base(language)}`;
      contents.set(key, [...(contents.get(key) ?? []), content]);
    }
  }
  const candidates = ({ role, language }: Wanted): readonly string[] => {
    const keys = [`${role} ${language}`, `user ${language}`, `${role} ${FALLBACK}`, `user ${FALLBACK}`];
    return keys.map((key) => contents.get(key)).find((texts) => texts !== undefined) ?? all;
  };
  return {
    speaks: (language) => contents.has(`user ${language}`),
    content: (wanted, next) => compose(candidates(wanted), wanted.chars, next),
  };
}

/** `zh-Hant` is Chinese too. */
const base = (language: string): string => language.split('-')[0] ?? language;

/** A text of the bank, or several of them one after the other where none is so long. */
function compose(candidates: readonly string[], chars: number, next: Random): string {
  const longest = candidates.reduce((most, { length }) => Math.max(most, length), 1);
  let text = '';
  let missing = Math.min(chars, MOST_CHARS);
  while (missing > 1.5 * longest) {
    const part = `${candidates[Math.floor(next() * candidates.length)]} `;
    text += part;
    missing -= part.length;
  }
  const away = (content: string): number => Math.abs(Math.log(content.length / Math.max(1, missing)));
  const nearest = [...candidates].sort((a, b) => away(a) - away(b)).slice(0, CHOICE);
  return text + (nearest[Math.floor(next() * nearest.length)] ?? '');
}
