import type { TurnResponse } from '../../contracts/answer.ts';
import { answerForm, headerForm } from '../../contracts/answer-form.ts';
import { shapeCollector } from '../../contracts/shape.ts';
import type { Violation } from '../../contracts/violation.ts';
import { record } from './ledger.ts';

/** A service whose every answer has a form of its own would fill the ledger with them. */
const MOST_FORMS = 40;
/** Of one answer: its line is as long as its places are many. */
const MOST_PLACES = 300;
const seen = new Set<string>();

const isLoss = ({ class: cls }: Violation): boolean => cls !== 'additive';

/**
 * The form of an answer that keeps the contract, with a `+` where it has more than the contract knows, and with
 * that of its headers where they are given. When the lane sees it for the first time, the ledger gets the shape of the
 * answer: types, formats and sizes, without a text of the conversation. Undefined for further forms of too many.
 */
export function formOf(
  lane: number,
  answer: TurnResponse,
  violations: readonly Violation[],
  headers?: object,
): string | undefined {
  const isPlain = violations.length === 0;
  if (!isPlain && violations.some(isLoss)) return undefined;
  const more = isPlain ? '' : '+';
  const form = `${answerForm(answer)}${more}${headers === undefined ? '' : ` ${headerForm(headers)}`}`;
  if (seen.has(form)) return form;
  if (seen.size >= MOST_FORMS) return undefined;
  seen.add(form);
  const collector = shapeCollector(MOST_PLACES);
  const place = `generate-answer/${answer.status}`;
  if (headers !== undefined) collector.headers(`${place}/headers`, Object.keys(headers));
  if (answer.json.ok) collector.body(`${place}/body`, answer.json.value);
  record({ kind: 'form', lane, at: Date.now(), form, shapes: collector.shapes() });
  return form;
}
