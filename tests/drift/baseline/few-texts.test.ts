import { describe, expect, it } from 'vitest';
import { judgeFewTexts } from '../../../scripts/drift/baseline/few-texts.ts';
import type { Probe } from '../../../scripts/drift/sighting.ts';

const MIX = 'drift smoke 5';
const probe = { step: { expect: {} }, exchange: { status: 200 } } as unknown as Probe;

function judged(texts: number, accepted: readonly number[], count = 12, mix = MIX): number {
  const replies = Array.from({ length: count }, (_, index) => ({
    probe,
    message: `Text ${index % texts}.`,
    asked: '',
  }));
  const baselines = accepted.map((k) => ({ replies: { mix, sameness: { k, n: 12 } } as never }));
  return judgeFewTexts(replies, MIX, baselines).length;
}

describe('replies of few texts', () => {
  it.each([
    ['two, where nearly all differed', judged(2, [1, 2, 1]), 12],
    ['three of eighteen', judged(3, [1, 2, 1], 18), 18],
    ['three of twelve', judged(3, [1, 2, 1]), 0],
    ['one, which is judged without accepted runs', judged(1, [1, 2, 1]), 0],
    ['two of six replies', judged(2, [1, 2, 1], 6), 0],
    ['two, where a third were equal in an accepted run', judged(2, [1, 4, 1]), 0],
    ['two, with two accepted runs', judged(2, [1, 1]), 0],
    ['two, where other questions were asked', judged(2, [1, 1, 1], 12, 'drift smoke 4'), 0],
  ])('%s', (_, found, expected) => expect(found).toBe(expected));
});
