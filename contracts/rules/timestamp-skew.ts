import type { CheckedTurn, TurnResponse } from '../answer.ts';
import type { Rule } from './rule.ts';

const TOLERATED_MS = 300_000;
const SLACK_MS = 1000;

/** How far a time lies outside the turn, with a second of slack at both ends. */
function skewMs(at: number, { sentAt, settledAt }: CheckedTurn, offsetMs: number): number {
  return Math.max(sentAt - SLACK_MS + offsetMs - at, at - settledAt - SLACK_MS - offsetMs, 0);
}

/** How far the server's clock is ahead of the sender's, by the Date header; 0 without one. */
function clockOffsetMs({ settledAt }: CheckedTurn, { headers }: TurnResponse): number {
  const date = Date.parse(headers.date ?? '');
  return Number.isNaN(date) ? 0 : date - settledAt;
}

export const timestampSkew: Rule = {
  id: 'timestamp-skew',
  class: 'behavioural',
  why: 'An event is created while its turn is in flight: within 300 s of it, on the clock that the Date header shows.',
  unless: ['timestamp-unit-changed', 'event-cardinality'],
  find: ({ turn, response, events }) => {
    for (let index = 0; index < events.length; index++) {
      const value = events[index]?.createdAt;
      if (typeof value !== 'number' || skewMs(value, turn, 0) <= TOLERATED_MS) continue;
      if (skewMs(value, turn, clockOffsetMs(turn, response)) <= TOLERATED_MS) continue;
      return { path: ['body', index, 'createdAt'], expected: { unit: 'ms', withinMs: TOLERATED_MS }, value };
    }
    return undefined;
  },
};
