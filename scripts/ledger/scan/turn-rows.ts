import { toldStructure } from '../columns.ts';
import { HAS } from './turn-batch.ts';

const has = (what: keyof typeof HAS): string => `has & ${HAS[what]} <> 0`;

const event = (which: 'first' | 'second', hash: string): string =>
  `{'id': ${which}Id::VARCHAR, 'role': ${which}Role::VARCHAR, 'createdAt': ${which}At, 'chars': ${which}Chars, 'hash': ${hash}}`;
const FIRST = event('first', 'NULL::VARCHAR');
const SECOND = event('second', `CASE WHEN ${has('hash')} THEN printf('%016x', hash) END`);

/** What is read from the text of an unusual line. */
const TOLD = toldStructure(['interactionId', 'error', 'retryAfterMs', 'form', 'events', 'violations']);

/**
 * SQL of the rows of a `TurnBatch` source as columns of turns, with when their lane started, and its last sign of life where they
 * never settled.
 */
export const turnRows = (source: string, withEvents: boolean): string => `
  SELECT conversation, turn, attempt, lane, role, intendedAt, sentAt,
    CASE WHEN ${has('id')} THEN id::VARCHAR ELSE told.interactionId END AS interactionId,
    settledAt, outcome, status, errorCode, told.error AS error, durationMs, waitingMs, connectMs, bytes,
    told.retryAfterMs AS retryAfterMs, CASE WHEN ${has('line')} THEN told.form ELSE "text" END AS form,
    ${withEvents ? EVENTS : '[]'} AS events, CASE WHEN ${has('line')} THEN told.violations ELSE [] END AS violations,
    startAt, lastAt
  FROM (SELECT *, CASE WHEN ${has('line')} THEN from_json("text", ${TOLD}) END AS told FROM ${source}())`;

const EVENTS = `CASE WHEN ${has('line')} THEN told.events WHEN events = 0 THEN []
  WHEN events = 1 THEN [${FIRST}] ELSE [${FIRST}, ${SECOND}] END`;
