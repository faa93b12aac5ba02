import { check } from '../../contracts/check.ts';
import { knownAnswers } from '../../contracts/known-answers.ts';
import { eventsOf, turnResponse } from '../../contracts/response.ts';
import type { Case } from './cases/case.ts';

/** What the contract says of a case, and whether it is recognised once it is known, as one line of JSON; runs in Node and in k6. */
export function judged({ name, turn, response: { status, headers, body } }: Case): string {
  const response = turnResponse(status, headers, body);
  const events = eventsOf(response).map(({ id, role, createdAt, message }) => ({
    id,
    role,
    createdAt,
    chars: message.length,
  }));
  const said = { ...turn, contentJson: JSON.stringify(turn.content) };
  const known = knownAnswers();
  known.learn(said, response, 'form');
  return JSON.stringify({
    name,
    violations: check(turn, response),
    events,
    known: known.recognise(said, turn.sentAt, turn.settledAt, body),
  });
}
