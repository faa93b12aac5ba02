import { badReplies, placeIn } from '../reply.ts';
import type { Rule } from './rule.ts';

/** Prose may say undefined or null: these are places where a value should stand. */
const LEAKS = [
  /^\s*(undefined|null|NaN)\s*$/,
  /\{\{\s*[\w.]+\s*\}\}/,
  /\[object \w+\]/,
  /^\s*(hello|hi|hey|dear|welcome|thanks|thank you|sorry|hallo|hola|bonjour|salut|ciao|ol[aá]) (undefined|null|NaN)\s*[,.!]/i,
  /[#$€£](undefined|null|NaN)\b/,
  // What a model writes for the program around it: its reasoning, and the call of a tool as the whole of a reply.
  /^\s*<(think|thinking|reasoning)>/,
  /^\s*\{\s*"(tool|tool_name|tool_calls|function|function_call)"\s*:[\s\S]*\}\s*$/,
];

export const replyTemplateLeak: Rule = {
  id: 'reply-template-leak',
  class: 'behavioural',
  why: 'A placeholder, or a JavaScript non-value where a value should stand, shows that the reply was not made as meant.',
  find: ({ turn, events }) =>
    badReplies(turn, events, (message) => placeIn(message, LEAKS, turn), { template: 'filled' }),
};
