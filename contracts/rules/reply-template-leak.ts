import { badReplies } from '../reply.ts';
import type { Rule } from './rule.ts';

/** A whole message that is only what an absent value prints as. */
const NON_VALUE = /^\s*(undefined|null|NaN|\[object \w+\])\s*$/;
const PLACEHOLDER = /\{\{\s*[\w.]+\s*\}\}/;
const CODE = /```[\s\S]*?(```|$)|`[^`]*`/g;

/** Placeholders in code are shown on purpose, and a reply may quote what the customer wrote. */
function leaks(message: string, content: string): boolean {
  if (message.length < 40 && NON_VALUE.test(message)) return true;
  if (!message.includes('{{') && !message.includes('[object Object]')) return false;
  const prose = message.replace(CODE, '');
  const found = prose.includes('[object Object]') ? '[object Object]' : PLACEHOLDER.exec(prose)?.[0];
  return found !== undefined && !content.includes(found);
}

export const replyTemplateLeak: Rule = {
  id: 'reply-template-leak',
  class: 'behavioural',
  why: 'A placeholder or a JavaScript non-value in place of text shows that the reply was not made as meant.',
  find: ({ turn, events }) =>
    badReplies(turn, events, (message) => leaks(message, turn.content), { template: 'filled' }),
};
