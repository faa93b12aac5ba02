import type { CheckedTurn, TurnResponse } from '../answer.ts';
import type { Rule } from './rule.ts';

/** How far from its turn an event may have been created. */
export const SKEW_MS = 301_000;

/** How far a time lies outside the turn, in either direction. */
function skewMs(at: number, { sentAt, settledAt }: CheckedTurn, offsetMs: number): number {
  return Math.max(sentAt + offsetMs - at, at - settledAt - offsetMs, 0);
}

/** How far the server's clock is ahead of the sender's, by the Date header; 0 without one. */
function clockOffsetMs({ settledAt }: CheckedTurn, { headers }: TurnResponse): number {
  const date = Date.parse(headers.date ?? '');
  return Number.isNaN(date) ? 0 : date - settledAt;
}

export const timestampSkew: Rule = {
  id: 'timestamp-skew',
  class: 'behavioural',
  why: 'An event is created while its turn is in flight, give or take 300 s (and one for rounding), by the clock of the Date header.',
  unless: ['timestamp-unit-changed', 'timestamp-out-of-range', 'timestamp-order', 'event-order', 'event-cardinality'],
  find: ({ turn, response, events }) => {
    const offset = clockOffsetMs(turn, response);
    const isFar = (at: number) => skewMs(at, turn, 0) > SKEW_MS && skewMs(at, turn, offset) > SKEW_MS;
    return events.flatMap(({ createdAt }, index) =>
      createdAt !== undefined && isFar(createdAt)
        ? [{ path: ['body', index, 'createdAt'], expected: { unit: 'ms', withinMs: SKEW_MS }, value: createdAt }]
        : [],
    );
  },
};
