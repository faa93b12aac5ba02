import { expectation } from '../expectations.ts';
import { everywhere, maker, named, saidByAi, saidByUser } from './changes.ts';
import { previewed } from './dialogues.ts';
import type { Mutation } from './mutation.ts';
import { at, both } from './novelty.ts';

const made = maker('integration-reply');

/** A sentence's end, and the blank after it. */
const BETWEEN = /(?<=[.?!;]) (?=\S)/g;

/** What models, prompts and the renderers of messages make of texts. */
export const INTEGRATION_REPLIES: readonly Mutation[] = [
  made(
    'json-mode',
    'replies are the JSON that the model was asked for, with the answer in it',
    at('behavioural', 'message'),
    saidByAi(({ message }) => JSON.stringify({ answer: message, confidence: 0.83, needs_human: false })),
  ),
  made(
    'escaped-newlines',
    'newlines of replies are a backslash and an n',
    at('behavioural', 'message'),
    saidByAi(({ message }) => `${String(message).replace(BETWEEN, '\\n\\n')}\\n`),
  ),
  made(
    'token-count',
    'each reply ends with how many tokens it took',
    at('behavioural', 'message'),
    saidByAi(({ message }) => `${message}\n[tokens: in=412 out=${Math.ceil(String(message).length / 4)}]`),
  ),
  made(
    'customer-quoted',
    'what customers say is kept as a JSON text, with its quotes',
    at('behavioural', 'message'),
    both(
      saidByUser((message) => JSON.stringify(message)),
      previewed,
    ),
  ),
  made(
    'note-signed',
    'notes of agents and other bots begin with who wrote them',
    at('behavioural', 'message'),
    both(
      everywhere((one) => {
        if (one.role === 'agent') one.message = `Agent: ${one.message}`;
        if (one.role === 'otherbot') one.message = `Bot: ${one.message}`;
      }),
      previewed,
    ),
  ),
  made(
    'title-is-id',
    'titles of articles are their ids',
    expectation('behavioural', /\/title$/),
    named((article) => Object.assign(article, { title: article.id })),
  ),
];
