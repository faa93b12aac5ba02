import { reply } from '../../reply.ts';
import type { Operator } from '../operator.ts';

/** What the AI knows of the conversation that it is in. */
export const CONTEXT: readonly Operator[] = [
  {
    id: 'answer-to-previous',
    title: "the reply to the conversation's previous question",
    on: ['C'],
    generated: (answer, incoming, { conversation, random }) => {
      const before = conversation?.events.filter(({ id, role }) => role === 'user' && id !== incoming.id) ?? [];
      const previous = before.pop();
      if (previous !== undefined) Object.assign(answer, reply(previous.message, before, random));
    },
  },
  { id: 'context-lost', title: 'what was said before is forgotten', on: ['C'], policies: ['forget-context'] },
  {
    id: 'context-short',
    title: 'what was said more than one turn before is forgotten',
    on: ['C'],
    policies: ['short-context'],
  },
];
