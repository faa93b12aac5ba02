import { describe, expect, it } from 'vitest';
import { isParrot } from '../../../../scripts/drift/judge/answer/parrot.ts';

const ASKED = 'Where is the order that I placed on Monday? [ref:a1]';

describe('a reply', () => {
  it.each([
    ['that is the question', ASKED, true],
    ['with two words before it', `You said: ${ASKED}`, true],
    ['in capitals', ASKED.toUpperCase(), true],
    ['in another order', ASKED.split(' ').reverse().join(' '), true],
    ['without its last words', 'Where is the order that I placed?', false],
    ['that answers with its words', 'The order that you placed on Monday is where it should be.', false],
    ['that quotes it', `You asked: ${ASKED} It left our house yesterday, and should arrive before Friday.`, false],
  ])('%s', (_, message, expected) => expect(isParrot(message, ASKED)).toBe(expected));

  it.each([
    ['a few words', 'Hello, are you there?', 'Hello, are you there? Yes.', false],
    ['Japanese', '注文はどこにありますか', '質問：注文はどこにありますか', true],
  ])('to %s', (_, asked, message, expected) => expect(isParrot(message, asked)).toBe(expected));
});
