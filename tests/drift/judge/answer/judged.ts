import { judgeExchange } from '../../../../scripts/drift/judge/answer/judge-exchange.ts';
import type { Probe } from '../../../../scripts/drift/sighting.ts';
import { lines, type Made, madeRun } from '../../made-run.ts';

/** What one exchange shows by itself, as rules and places. */
export const judged = (made: Made): string[] => lines(judgeExchange(madeRun([[made]]).probes[0] as Probe));

export const JSON_TYPE = { 'content-type': 'application/json' };

/** The body of an error, as documented. */
export const error = (status: number, more = {}) => ({ statusCode: status, message: 'No.', error: 'Error', ...more });
