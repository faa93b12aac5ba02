import { describe, expect, it } from 'vitest';
import { judgeReply } from '../../../../scripts/drift/judge/answer/judge-reply.ts';
import type { Probe } from '../../../../scripts/drift/sighting.ts';

const rules = (message: string, keyShown?: true): string[] => {
  const events = [
    { role: 'user', message: 'A question.' },
    { role: 'finibot', message },
  ];
  const step = { turn: { role: 'user', content: 'A question.' } };
  return judgeReply({ step, exchange: { keyShown }, response: { events } } as unknown as Probe).map(({ rule }) => rule);
};

describe('a reply', () => {
  it.each([
    ['of prose', 'Your order left on Monday.', undefined, []],
    ['with a key, which the ledger hides', 'Authorization: Bearer [key]', true, ['reply-leak']],
    ['with a key as code, shown on purpose', 'Set it so: `KEY=[key]`', true, []],
    ['that speaks of [key] of its own', 'Press [key] to go on.', undefined, []],
    ['that is what was asked', 'A question.', undefined, ['reply-parrot']],
    ['that is an error', 'Internal Server Error', undefined, ['reply-error-text']],
  ] as const)('%s', (_, message, keyShown, expected) => {
    expect(rules(message, keyShown)).toEqual(expected);
  });
});
