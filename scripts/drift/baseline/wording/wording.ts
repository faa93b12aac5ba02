import type { DriftBaseline } from '../../../../contracts/generated/drift-baseline.ts';
import type { Wording } from '../../../../contracts/generated/findings.ts';
import { languageOf } from '../../../foundation/text/language.ts';
import type { Probe } from '../../sighting.ts';
import { joinedHashes } from '../hashes.ts';
import { marksOf, wordsOf } from './marks.ts';

/** A reply of the AI, and what it answers. */
export interface Said {
  readonly probe: Probe;
  readonly message: string;
  readonly asked: string;
}

/** What fewer accepted runs have in common may be chance. */
export const LEAST_BASELINES = 3;
/** Of more words no run is kept: then only marks are compared. */
const MOST_WORDS = 4_000;
const MOST_MARKS = 200;
/** So much of a question, word for word, is a quotation. */
const QUOTED = 20;

/** How the accepted runs that asked the same were written. */
export const wordingsOf = (mix: string, baselines: readonly Partial<Pick<DriftBaseline, 'wording'>>[]): Wording[] =>
  baselines.flatMap(({ wording }) => (wording && wording.mix === mix ? [wording] : []));

/** The replies to sound user turns. */
export const repliesIn = (probes: readonly Probe[]): Said[] =>
  probes.flatMap((probe) => {
    const { turn } = probe.step;
    const message = turn?.role === 'user' ? probe.response.events?.[1]?.message : undefined;
    return message === undefined ? [] : [{ probe, message, asked: turn?.content ?? '' }];
  });

/** Marks of a reply, and what it has of its question. */
export function featuresOf({ message, asked }: Said): readonly string[] {
  const quotes = asked.length >= QUOTED && message.includes(asked.trim().slice(0, QUOTED));
  const [own, other] = [languageOf(message), languageOf(asked)];
  const isOther = own !== undefined && other !== undefined && own !== other;
  return [...marksOf(message), ...(quotes ? ['the question'] : []), ...(isOther ? [`${OTHER_LANGUAGE} ${own}`] : [])];
}

/** That replies change their language is a statistic of its own. */
export const OTHER_LANGUAGE = 'another language:';

/** How the replies of a run are written together: how often each mark came, and which words, as hashes. Null for none. */
export function wordingOf(mix: string, replies: readonly Said[], doubts: Wording['doubts'] = {}): Wording | null {
  if (replies.length === 0) return null;
  const marks = new Map<string, number>();
  for (const mark of replies.flatMap(featuresOf)) marks.set(mark, (marks.get(mark) ?? 0) + 1);
  const often = [...marks].sort((a, b) => b[1] - a[1]).slice(0, MOST_MARKS);
  const words = new Set(replies.flatMap(({ message }) => wordsOf(message)));
  return {
    mix,
    n: replies.length,
    marks: Object.fromEntries(often),
    ...(Object.keys(doubts).length > 0 && { doubts }),
    ...(words.size <= MOST_WORDS && { words: joinedHashes(words) }),
  };
}
