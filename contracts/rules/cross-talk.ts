import { type Reference, referencesIn, referenceText } from '../reference.ts';
import type { Rule } from './rule.ts';

const nameOf = (it: Reference): string =>
  `${referenceText(it)} conversation ${it.conversation}, turn ${it.turn}, run ${it.run.toString(36)}`;

export const crossTalk: Rule = {
  id: 'cross-talk',
  class: 'critical',
  why: 'An answer never contains text of another conversation. Every content ends with a reference that names its own conversation.',
  find: ({ turn: { reference: own }, events }) => {
    if (own === undefined) return undefined;
    for (const [index, { message = '' }] of events.entries()) {
      const foreign = referencesIn(message).find(
        ({ run, conversation }) => run !== own.run || conversation !== own.conversation,
      );
      if (foreign === undefined) continue;
      return { path: ['body', index, 'message'], expected: { reference: nameOf(own) }, value: nameOf(foreign) };
    }
    return undefined;
  },
};
