import { describe, expect, it } from 'vitest';
import { judgeLasting } from '../../../../scripts/drift/judge/readback/judge-lasting.ts';
import { conversation, exchangeOf, GRACE_MS, lines, type Made, read, removal, viewOf } from '../../made-run.ts';

const WHOLE = conversation(1, exchangeOf(1));
const PART = conversation(1, exchangeOf(1).slice(0, 1));
const judge = (steps: readonly Made[]): string[] => lines(judgeLasting(viewOf([steps]).sound, GRACE_MS));
const MISSING = 'persistence-missing #/readback/events/*';

describe('what Get has shown', () => {
  it.each<[string, Made[], string[]]>([
    ['stays', [read(WHOLE, { at: 0 }), read(WHOLE, { at: 60_000 })], []],
    ['is hidden by a replica for a while', [read(WHOLE, { at: 0 }), read(PART, { at: GRACE_MS })], []],
    ['is gone later', [read(WHOLE, { at: 0 }), read(PART, { at: GRACE_MS + 100 })], [MISSING]],
    ['comes later', [read(PART, { at: 0 }), read(WHOLE, { at: 60_000 })], []],
    [
      'is gone after a removal',
      [
        read(WHOLE, { at: 0 }),
        ...removal(0, WHOLE.id, [{ body: WHOLE, at: 1 }, {}, { body: conversation(1, []), at: 9_000 }]),
      ],
      [],
    ],
  ])('%s', (_, steps, expected) => expect(judge(steps)).toEqual(expected));
});
