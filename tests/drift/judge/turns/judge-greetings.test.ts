import { expect, it } from 'vitest';
import { judgeGreetings } from '../../../../scripts/drift/judge/turns/judge-greetings.ts';
import { continued, exchangeOf, lines, turn, viewOf } from '../../made-run.ts';

const GREETING = 'Hi there! How can I help you today?';
const judge = (...messages: readonly string[]): string[] => {
  const chains = messages.map((message, at) => [
    turn(10 + at, exchangeOf(10 + at, { reply: { message: GREETING } })),
    continued(30 + at, exchangeOf(30 + at, { reply: { message } })),
  ]);
  return lines(judgeGreetings(viewOf(chains).chains.flatMap(({ turns }) => turns)));
};

it.each<[string, readonly string[], number]>([
  ['that greet', [GREETING, 'Hello, what can we do for you?', 'Guten Tag! Wie kann ich Ihnen helfen?'], 3],
  ['of which one answers', [GREETING, GREETING, 'Hi there! Your number is 12345.'], 0],
  ['that say what follows from the turn', Array(3).fill('Hello! Sorry, which order do you mean?'), 0],
  ['too few', [GREETING, GREETING], 0],
])('further replies %s', (_, messages, count) => expect(judge(...messages)).toHaveLength(count));
