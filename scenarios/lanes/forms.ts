import type { TurnResponse } from '../../contracts/answer.ts';
import { answerForm } from '../../contracts/answer-form.ts';
import { shapeCollector } from '../../contracts/shape.ts';
import { record } from './ledger.ts';

/** A service whose every answer has a form of its own would fill the ledger with them. */
const MOST_FORMS = 40;
const seen = new Set<string>();

/**
 * The form of an answer that keeps the contract. When the lane sees it for the first time, the ledger gets the shape of the
 * answer: types, formats and sizes, without a text of the conversation. Undefined for further forms of too many.
 */
export function formOf(lane: number, answer: TurnResponse, headers: object): string | undefined {
  const form = answerForm(answer, headers);
  if (seen.has(form)) return form;
  if (seen.size >= MOST_FORMS) return undefined;
  seen.add(form);
  const collector = shapeCollector();
  const place = `generate-answer/${answer.status}`;
  collector.headers(
    `${place}/headers`,
    Object.keys(headers).map((name) => name.toLowerCase()),
  );
  if (answer.json.ok) collector.body(`${place}/body`, answer.json.value);
  record({ kind: 'form', lane, at: Date.now(), form, shapes: collector.shapes() });
  return form;
}
