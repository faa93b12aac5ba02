import { describe, expect, it } from 'vitest';
import { affixOf, judgeAffix } from '../../../scripts/drift/baseline/affix.ts';
import type { Probe } from '../../../scripts/drift/sighting.ts';

const WORDS = ['An order', 'Five days', 'A parcel', 'Nothing', 'Two ways', 'Sorry', 'Of course', 'Perhaps', 'Yes'];
const replies = (before = '', after = ''): string[] => WORDS.map((word, n) => `${before}${word} and ${n}.${after}`);

describe('what texts begin and end with alike', () => {
  it.each([
    ['nothing but a full stop', replies(), { before: 0, after: 1 }],
    ['a tag', replies('<p>', '</p>'), { before: 3, after: 5 }],
    ['nothing of one text', Array(9).fill('Hello.'), undefined],
    ['nothing of few texts', replies('undefined ').slice(0, 7), undefined],
  ])('%s', (_, texts, expected) => {
    expect(affixOf(texts)).toEqual(expected);
  });
});

function judged(texts: readonly string[], accepted: readonly (readonly string[])[], mix = 'drift smoke 3') {
  const probes = texts.map((message, index) => {
    const events = [
      { role: 'user', message: 'x' },
      { role: 'finibot', message },
    ];
    return { index, step: { turn: { role: 'user' } }, exchange: {}, response: { events } } as unknown as Probe;
  });
  const baselines = accepted.map((list) => ({ replies: { mix: 'drift smoke 3', affix: affixOf(list) } as never }));
  return judgeAffix(probes, { mix, affix: affixOf(texts) } as never, baselines);
}

describe('replies', () => {
  const plain = [replies(), replies(), replies()];
  it.each([
    ['that begin with a word', replies('undefined '), plain, 9, 'undefined  … .'],
    ['in a tag', replies('<p>', '</p>'), plain, 9, '<p> … .</p>'],
    ['that have lost their notice', replies(), Array(3).fill(replies('', ' Written by an AI.')), 9, 'An order and 0.'],
    [
      'with the notice that they had',
      replies('', ' Written by an AI.'),
      Array(3).fill(replies('', ' Written by an AI.')),
      0,
      undefined,
    ],
    ['with a little more in common', replies('- '), plain, 0, undefined],
    ['against two accepted runs', replies('undefined '), plain.slice(1), 0, undefined],
  ])('%s', (_, texts, accepted, count, sample) => {
    const found = judged(texts, accepted);
    expect([found.length, found[0]?.observed.sample]).toEqual([count, sample]);
  });

  it('to other questions are not compared', () => {
    expect(judged(replies('undefined '), plain, 'drift standard 3')).toEqual([]);
  });
});
