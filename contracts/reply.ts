import type { CheckedTurn, LooseEvent } from './answer.ts';
import type { Breach } from './breach.ts';
import type { Expected } from './violation.ts';

/** The first reply to a user turn whose message is bad: the message, where it stands, and what was expected of it. */
export function findReply(
  { role }: CheckedTurn,
  events: readonly LooseEvent[],
  isBad: (message: string) => boolean,
  expected: Expected,
): Breach | undefined {
  if (role !== 'user') return undefined;
  for (let index = 0; index < events.length; index++) {
    const { role: from, message } = events[index] ?? {};
    if (from !== 'user' && typeof message === 'string' && isBad(message)) {
      return { path: ['body', index, 'message'], expected, value: message };
    }
  }
  return undefined;
}
