import { PROMPTS } from '../prompt.ts';
import { badReplies, placeIn } from '../reply.ts';
import type { Rule } from './rule.ts';

export const API_KEY = /\bfini_[A-Za-z0-9_-]{16,}/;
/** An API key; a system prompt by its heading, by how it begins, by the marks between the parts of a model's prompt, or by what it says. */
const LEAKS = [
  API_KEY,
  /(^|\n)[^\S\n]*system prompt:/i,
  /(^|\n)[^\S\n]*system: you (are|must|should)\b/i,
  /<\|(im_start|im_end|system|endoftext)\|>/,
  ...PROMPTS,
];

export const replyLeak: Rule = {
  id: 'reply-leak',
  class: 'critical',
  why: 'An API key or the system prompt in a reply is a secret shown to a customer.',
  find: ({ turn, events }) => badReplies(turn, events, (message) => placeIn(message, LEAKS, turn), { secrets: 'none' }),
};
