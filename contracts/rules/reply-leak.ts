import { badReplies } from '../reply.ts';
import type { Rule } from './rule.ts';

const KEY = /\bfini_[A-Za-z0-9_-]{16,}/;

function leaks(message: string, content: string): boolean {
  if (!message.includes('fini_')) return false;
  const key = KEY.exec(message)?.[0];
  return key !== undefined && !content.includes(key);
}

export const replyLeak: Rule = {
  id: 'reply-leak',
  class: 'critical',
  why: 'An API key in a reply is a secret shown to a customer.',
  find: ({ turn, events }) => badReplies(turn, events, (message) => leaks(message, turn.content), { secrets: 'none' }),
};
