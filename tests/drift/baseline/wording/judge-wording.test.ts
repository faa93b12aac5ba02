import { describe, expect, it } from 'vitest';
import { judgeWording } from '../../../../scripts/drift/baseline/wording/judge-wording.ts';
import { type Said, wordingOf } from '../../../../scripts/drift/baseline/wording/wording.ts';
import type { Probe } from '../../../../scripts/drift/sighting.ts';
import { TOPICS } from '../../../../scripts/reference-server/corpus.ts';

const TEXTS = TOPICS.flatMap(({ replies }) => replies);
const ASKED = 'Where is my order? I want to track the delivery.';
const MIX = 'drift smoke 3';

/** Twelve replies, other ones for each run. */
const run = (seed: number, change: (text: string, index: number) => string = (text) => text): Said[] =>
  Array.from({ length: 12 }, (_, index) => ({
    probe: { index, step: {}, exchange: {}, response: {} } as unknown as Probe,
    message: change(TEXTS[(seed * 5 + index * 7) % TEXTS.length] ?? '', index),
    asked: ASKED,
  }));

const FAITHFUL = [1, 2, 3, 4, 5].map((seed) => ({ wording: wordingOf(MIX, run(seed)) }));

function change(of: readonly Said[], accepted = FAITHFUL, mix = MIX): unknown {
  const found = judgeWording(of, mix, accepted);
  return found.length === 0 ? undefined : [found.length, found[0]?.expected];
}

const swapped = (text: string): string => text.replace(/[a-z]/gi, (a) => String.fromCharCode(a.charCodeAt(0) ^ 1));

describe('replies that are written in another way', () => {
  it.each<[string, (text: string, index: number) => string, unknown]>([
    [
      'a number of a ticket before each',
      (text, n) => `#${4711 + n} ${text}`,
      { without: expect.arrayContaining(['the word 0000', 'the sign #']) },
    ],
    ['a word that is new in the middle', (text) => text.replace(' ', ' kindly '), { without: ['the word kindly'] }],
    [
      'one of three rude words before each',
      (text, n) => `${['Duh', 'Ugh', 'Sigh'][n % 3]}, ${text}`,
      { without: expect.arrayContaining(['the word duh', 'the word sigh']) },
    ],
    ['no capitals', (text) => text.toLowerCase(), { without: expect.arrayContaining(['no capital letter']) }],
    ['each word with a capital', (text) => text.replace(/\b[a-z]/g, (a) => a.toUpperCase()), expect.anything()],
    ['no full stops', (text) => text.replace(/[.?!]+$/, ' and'), expect.anything()],
    [
      'no last sign',
      (text) => text.replace(/[.?!]+$/, ''),
      { without: expect.arrayContaining(['no sign at the end']) },
    ],
    ['a smile', (text) => `${text} \u{1f642}`, { without: expect.arrayContaining(['the sign \u{1f642}']) }],
    ['two blanks between words', (text) => text.replaceAll(' ', '  '), { without: ['two blanks in a row'] }],
    ['the question before each', (text) => `> ${ASKED}\n\n${text}`, expect.anything()],
    [
      'no blank after each third word',
      (text) => text.replace(/(\S+ \S+ \S+) /g, '$1'),
      { without: expect.arrayContaining([expect.stringMatching(/^the word /)]) },
    ],
    ['other letters', swapped, expect.anything()],
    [
      'each word turned round',
      (text) => text.replace(/\w+/g, (word) => [...word].reverse().join('')),
      expect.anything(),
    ],
  ])('%s', (_, how, expected) => expect(change(run(6, how))).toEqual([12, expected]));

  it.each<[string, (text: string, index: number) => string]>([
    ['as ever', (text) => text],
    ['a name before each, which is another one each time', (text, n) => `${'ABCDEFGHIJKL'[n]}xq ${text}`],
    ['a quarter of them with a list', (text, n) => (n % 4 === 0 ? `- ${text}` : text)],
    ['in capitals, which is a statistic', (text) => text.toUpperCase()],
    ['all the same, which is another finding', () => '#1 Thanks for the message.'],
  ])('%s: nothing', (_, how) => expect(change(run(6, how))).toBeUndefined());

  it.each<[string, (text: string, index: number) => string, number]>([
    ['two thirds of them with a list', (text, n) => (n % 3 === 0 ? text : `- ${text}`), 8],
    ['half of them in another script', (text, n) => (n % 2 === 0 ? text : '\u60a8\u597d'), 6],
  ])('%s: a statistic', (_, how, count) => {
    const found = judgeWording(run(6, how), MIX, FAITHFUL);
    expect(found.map((one) => one.class)).toEqual(Array(count).fill('statistical'));
  });

  it.each<[string, (text: string, index: number) => string, number]>([
    ['as ever', (text) => text, 0],
    ['of which all are questions, as half were', (text) => text.replace(/.$/, '?'), 48],
    ['of which a third end without a sign', (text, n) => (n % 3 === 0 ? text.replace(/.$/, '') : text), 16],
    ['of which none are questions, as half were', (text) => text.replace(/.$/, '!'), 48],
  ])('forty-eight replies %s', (_, how, count) => {
    const half = (text: string, index: number) => (index % 2 === 0 ? text.replace(/.$/, '?') : text.replace(/.$/, '!'));
    const often = (seed: number, change: (text: string, index: number) => string) =>
      [0, 1, 2, 3].flatMap((part) => run(seed + part, (text, index) => change(half(text, index), index)));
    const accepted = [1, 2, 3, 4, 5].map((seed) => ({ wording: wordingOf(MIX, often(4 * seed, half)) }));
    const found = judgeWording(often(40, how), MIX, accepted);
    expect(found.map((one) => one.class)).toEqual(Array(count).fill('statistical'));
  });

  it('needs three accepted runs of the same questions, and eight replies', () => {
    const marked = run(6, (text) => `# ${text}`);
    expect(change(marked, FAITHFUL.slice(0, 2))).toBeUndefined();
    expect(change(marked, FAITHFUL, 'drift standard 3')).toBeUndefined();
    expect(change(marked.slice(0, 7))).toBeUndefined();
    expect(change(marked, [...FAITHFUL.slice(0, 3)])).toBeDefined();
  });

  it('keeps no word of a reply', () => {
    const kept = JSON.stringify(wordingOf(MIX, run(1)));
    for (const word of ['parcel', 'refund', 'order', 'invoice']) expect(kept).not.toContain(word);
  });

  it('is not told of runs of one service', () => {
    const runs = Array.from({ length: 60 }, (_, seed) => run(seed + 10));
    expect(runs.filter((one) => change(one) !== undefined)).toEqual([]);
  });
});
