import { observe } from '../breach.ts';
import { storedEvent } from '../composition.ts';
import { around, wellFormed } from '../unicode.ts';
import type { Rule } from './rule.ts';

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index;
}

export const echoMismatch: Rule = {
  id: 'echo-mismatch',
  class: 'behavioural',
  why: 'The stored message is the content as it was sent, code unit for code unit: no trimming, no escaping, no normalisation.',
  unless: ['body-not-utf8', 'unicode-corruption', 'cross-talk'],
  find: ({ turn, events }) => {
    const index = storedEvent(turn, events);
    const message = events[index]?.message;
    if (message === undefined || message === turn.content) return undefined;
    if (wellFormed(message) === wellFormed(turn.content)) return undefined;
    const place = firstDifference(message, turn.content);
    return {
      path: ['body', index, 'message'],
      expected: { equals: 'content', sample: observe(around(turn.content, place)).sample },
      value: around(message, place),
    };
  },
};
