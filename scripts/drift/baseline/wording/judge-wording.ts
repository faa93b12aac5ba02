import type { DriftBaseline } from '../../../../contracts/generated/drift-baseline.ts';
import type { Wording } from '../../../../contracts/generated/findings.ts';
import type { Expected } from '../../../../contracts/violation.ts';
import { fisher } from '../../../foundation/statistics/fisher.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import { hashesIn, hashOf } from '../hashes.ts';
import { mangledWords } from './mangled.ts';
import { OPEN_ENDS, wordsOf } from './marks.ts';
import { featuresOf, LEAST_BASELINES, OTHER_LANGUAGE, type Said, wordingOf, wordingsOf } from './wording.ts';

/** Fewer replies, and fewer texts, may have something in common by chance. */
const LEAST_REPLIES = 8;
const LEAST_TEXTS = 3;
/** What nearly all replies have, and hardly one of the accepted runs had. */
const NEARLY_ALL = 0.9;
const HARDLY_ANY = 0.02;
/** Of a part of the replies it is a statistic. */
const OFTEN = 0.25;
const UNLIKELY = 1e-5;
/** So much larger than of any accepted run is the share of words that no other run knows, where the words are others altogether. */
const FAR_MORE = 0.4;
/** So many replies in one other language are a translation; letters that are no language are taken for many. */
const TRANSLATED = 0.6;
/** So many replies show a share, and by so much it differs from that of each accepted run, where it is another one. */
const MANY_REPLIES = 40;
const APART = 0.3;
/** Named in a finding. */
const NAMED = 5;

/** Marks and words that nearly all replies have and those of the accepted runs had not, or that they have lost. */
export function judgeWording(
  replies: readonly Said[],
  mix: string,
  baselines: readonly Partial<Pick<DriftBaseline, 'wording'>>[],
): Sighting[] {
  const known = wordingsOf(mix, baselines);
  const texts = new Set(replies.map(({ message }) => message)).size;
  if (replies.length < LEAST_REPLIES || texts < LEAST_TEXTS || known.length < LEAST_BASELINES) return [];
  const seen = { place: '/responses/200/body/1/message' };
  const own = countsOf(replies.map(partsOf));
  const before = countsOfRuns(known);
  const expected = changeOf(replies, own, before, known);
  if (expected !== undefined)
    return replies.map(({ probe, message }) =>
      sighting({ ...seen, rule: DRIFT_RULES.replyWording, probe, expected, value: message }),
    );
  const often = newIn(own, before, known, { of: replies.length, share: OFTEN });
  const shared = often.length > 0 ? [] : ofOtherShare(own, known, replies.length);
  const isLess = shared.length > 0 && shared.every(({ less }) => less);
  const parts = [...often, ...shared.flatMap(({ mark, less }) => (less === isLess ? [mark] : []))];
  const expectedOften = { [isLess ? 'with' : 'without']: named(parts) };
  return replies.flatMap((reply) => {
    const has = partsOf(reply).some((part) => parts.includes(part));
    if (parts.length === 0 || has === isLess) return [];
    const rule = DRIFT_RULES.replyWordingOften;
    return [sighting({ ...seen, rule, probe: reply.probe, expected: expectedOften, value: reply.message })];
  });
}

/** Marks that are in many more of the replies than in those of any accepted run, or in many fewer. */
function ofOtherShare(own: Counts, known: readonly Wording[], n: number): { mark: string; less: boolean }[] {
  if (n < MANY_REPLIES) return [];
  const n0 = sizeOf(known);
  const runs = known.map((one) => ({ n: one.n, counts: countsOfRuns([one]) }));
  return [...countsOfRuns(known)].flatMap(([mark, k0]) => {
    const k = own.get(mark) ?? 0;
    const shares = runs.map((one) => (one.counts.get(mark) ?? 0) / one.n);
    const [more, less] = [k / n >= Math.max(...shares) + APART, k / n <= Math.min(...shares) - APART];
    const p = more ? fisher(k0, n0, k, n) : fisher(n0 - k0, n0, n - k, n);
    return (more || less) && p < UNLIKELY && !mark.startsWith(OTHER_LANGUAGE) ? [{ mark, less }] : [];
  });
}

/** Marks of a reply, and its words as marks. */
const partsOf = (reply: Said): string[] => {
  const marks = featuresOf(reply);
  const end = marks.some((mark) => OPEN_ENDS.includes(mark)) ? [OPEN_END] : [];
  return [...marks, ...end, ...wordsOf(reply.message).map((word) => `${WORD}${word}`)];
};
/** Open ends together say that the last sign is lost, whatever it was. */
const OPEN_END = 'no sign at the end';
const WORD = 'the word ';

/** Words first: they say best what is new. */
const named = (parts: readonly string[]): string[] =>
  [...parts].sort((a, b) => Number(b.startsWith(WORD)) - Number(a.startsWith(WORD))).slice(0, NAMED);

type Counts = ReadonlyMap<string, number>;

function changeOf(
  replies: readonly Said[],
  own: Counts,
  before: Counts,
  known: readonly Wording[],
): Expected | undefined {
  const n = replies.length;
  const gained = newIn(own, before, known, { of: n, share: NEARLY_ALL });
  if (gained.length > 0) return { without: named(gained) };
  const n0 = sizeOf(known);
  const isLost = (k0: number, k: number): boolean =>
    k0 >= (1 - HARDLY_ANY) * n0 && k <= (1 - NEARLY_ALL) * n && fisher(n0 - k0, n0, n - k, n) < UNLIKELY;
  const lost = [...before].flatMap(([mark, k0]) => (isLost(k0, own.get(mark) ?? 0) ? [mark] : []));
  if (lost.length > 0) return { with: named(lost) };
  const isTranslated = [...own].some(([mark, k]) => mark.startsWith(OTHER_LANGUAGE) && k >= TRANSLATED * n);
  if (isTranslated) return undefined;
  const turns = takingTurns(replies, own, known);
  const mangled = turns.length > 0 ? [] : mangledWords(replies, knownWords(known));
  if (mangled.length > 0) return { without: named(mangled.map((word) => `${WORD}${word}`)) };
  return turns.length === 0 ? otherWords(replies, known) : { without: named(turns) };
}

/** Marks and words of at least a share of the replies that hardly one of the accepted runs had. */
function newIn(
  own: Counts,
  before: Counts,
  known: readonly Wording[],
  { of: n, share }: { readonly of: number; readonly share: number },
): readonly string[] {
  const n0 = sizeOf(known);
  const words = knownWords(known);
  return [...own].flatMap(([part, k]) => {
    if (k < share * n || part.startsWith(OTHER_LANGUAGE)) return [];
    if (part.startsWith(WORD)) {
      const isNew = words.length === known.length && words.every((set) => !set.has(hashOf(part.slice(WORD.length))));
      return isNew && fisher(0, n0, k, n) < UNLIKELY ? [part] : [];
    }
    const k0 = before.get(part) ?? 0;
    return k0 <= HARDLY_ANY * n0 && fisher(k0, n0, k, n) < UNLIKELY ? [part] : [];
  });
}

/** Fewer have a word in common by chance. */
const LEAST_ALIKE = 3;

/** New words, each in a quarter of the replies, of which nearly all replies have one: they take turns. */
function takingTurns(replies: readonly Said[], own: Counts, known: readonly Wording[]): readonly string[] {
  const sets = knownWords(known);
  const least = Math.max(LEAST_ALIKE, OFTEN * replies.length);
  const words = [...own].flatMap(([part, k]) => {
    const isNew = part.startsWith(WORD) && k >= least && sets.every((set) => !set.has(hashOf(part.slice(WORD.length))));
    return isNew ? [part] : [];
  });
  const shown = replies.filter((reply) => partsOf(reply).some((part) => words.includes(part)));
  return sets.length === known.length && shown.length >= NEARLY_ALL * replies.length ? words : [];
}

const sizeOf = (known: readonly Wording[]): number => known.reduce((sum, { n }) => sum + n, 0);

/** Words that are other ones altogether: letters changed, left out, or turned round. */
function otherWords(replies: readonly Said[], known: readonly Wording[]): Expected | undefined {
  const sets = knownWords(known);
  const now = hashesIn(wordingOf('', replies)?.words ?? '');
  if (now.size === 0 || sets.length < known.length) return undefined;
  const usual = Math.max(
    ...sets.map((set) =>
      shareUnknown(
        set,
        sets.filter((other) => other !== set),
      ),
    ),
  );
  const own = shareUnknown(now, sets);
  return own >= usual + FAR_MORE ? { unknownWordsAtMost: Number(usual.toFixed(2)) } : undefined;
}

/** Of the runs that had few enough words to keep. */
const knownWords = (known: readonly Wording[]): ReadonlySet<string>[] =>
  known.flatMap(({ words }) => (words === undefined ? [] : [hashesIn(words)]));

function shareUnknown(words: ReadonlySet<string>, others: readonly ReadonlySet<string>[]): number {
  const unknown = [...words].filter((word) => others.every((set) => !set.has(word))).length;
  return words.size === 0 ? 0 : unknown / words.size;
}

function countsOf(lists: readonly (readonly string[])[]): Counts {
  const counts = new Map<string, number>();
  for (const one of lists.flatMap((list) => [...new Set(list)])) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

function countsOfRuns(known: readonly Wording[]): Counts {
  const counts = new Map<string, number>();
  for (const { marks } of known)
    for (const [mark, k] of Object.entries(marks)) counts.set(mark, (counts.get(mark) ?? 0) + k);
  const open = OPEN_ENDS.reduce((sum, end) => sum + (counts.get(end) ?? 0), 0);
  return open === 0 ? counts : counts.set(OPEN_END, open);
}
