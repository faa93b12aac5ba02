import { check } from '../../contracts/check.ts';
import { eventsOf, turnResponse } from '../../contracts/response.ts';
import type { Case } from './cases/case.ts';

/** What the contract says of a case, as one line of JSON; runs in Node and in k6. */
export function judged({ name, turn, response: { status, headers, body } }: Case): string {
  const response = turnResponse(status, headers, body);
  const events = eventsOf(response).map(({ id, role, createdAt, message }) => ({
    id,
    role,
    createdAt,
    chars: message.length,
  }));
  return JSON.stringify({ name, violations: check(turn, response), events });
}
