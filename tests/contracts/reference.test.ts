import fc from 'fast-check';
import { expect, it } from 'vitest';
import { referencesIn, referenceText, referenceTexts } from '../../contracts/reference.ts';

const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const small = fc.nat({ max: 1_000_000 });

it('gives each turn of a conversation the reference that it has alone, and finds it again', () => {
  fc.assert(
    fc.property(uint32, small, fc.array(fc.nat({ max: 40_000 })), (run, conversation, turns) => {
      const textOf = referenceTexts(run, conversation);
      for (const turn of turns) {
        const reference = { run, conversation, turn };
        expect(textOf(turn)).toBe(referenceText(reference));
        expect(referencesIn(`Where is it? ${textOf(turn)}`)).toEqual([reference]);
      }
    }),
  );
});
