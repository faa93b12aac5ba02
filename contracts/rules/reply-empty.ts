import { badReplies, isBlank } from '../reply.ts';
import type { Rule } from './rule.ts';

export const replyEmpty: Rule = {
  id: 'reply-empty',
  class: 'behavioural',
  why: 'A blank reply does not answer the customer.',
  unless: ['response-property-const-changed'],
  find: ({ turn, events }) => badReplies(turn, events, (message) => (isBlank(message) ? 0 : -1), { minLength: 1 }),
};
