import type { CheckedTurn, LooseEvent } from './answer.ts';
import type { Breach } from './breach.ts';
import type { Expected } from './violation.ts';

/** The replies to a user turn whose message is bad: where each stands, and what was expected of it. */
export function badReplies(
  { role }: CheckedTurn,
  events: readonly LooseEvent[],
  isBad: (message: string) => boolean,
  expected: Expected,
): readonly Breach[] {
  if (role !== 'user') return [];
  return events.flatMap(({ role: from, message }, index) => {
    const isReply = from !== undefined && from !== 'user' && message !== undefined;
    return isReply && isBad(message) ? [{ path: ['body', index, 'message'], expected, value: message }] : [];
  });
}
