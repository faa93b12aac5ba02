import type { TurnResponse } from '../../contracts/answer.ts';
import { answerForm, headerForm } from '../../contracts/answer-form.ts';
import { shapeCollector } from '../../contracts/shape.ts';
import type { Violation } from '../../contracts/violation.ts';
import { record } from './ledger.ts';

/** A service whose every answer has a form of its own would fill the ledger with them. */
const MOST_FORMS = 40;
/** To list the headers of an answer takes k6 as long as to check it. */
const HEADERS_EVERY = 16;
const seen = new Set<string>();
let answers = 0;

const isLoss = ({ class: cls }: Violation): boolean => cls !== 'additive';

/**
 * The form of an answer that keeps the contract, with a `+` where it has more than the contract knows, and of every 16th
 * with that of its headers. When the lane sees it for the first time, the ledger gets the shape of the
 * answer: types, formats and sizes, without a text of the conversation. Undefined for further forms of too many.
 */
export function formOf(
  lane: number,
  answer: TurnResponse,
  headers: object,
  violations: readonly Violation[],
): string | undefined {
  if (violations.some(isLoss)) return undefined;
  const withHeaders = answers++ % HEADERS_EVERY === 0;
  const form = `${answerForm(answer)}${violations.length > 0 ? '+' : ''}${withHeaders ? ` ${headerForm(headers)}` : ''}`;
  if (seen.has(form)) return form;
  if (seen.size >= MOST_FORMS) return undefined;
  seen.add(form);
  const collector = shapeCollector();
  const place = `generate-answer/${answer.status}`;
  if (withHeaders) {
    const names = Object.keys(headers).map((name) => name.toLowerCase());
    collector.headers(`${place}/headers`, names);
  }
  if (answer.json.ok) collector.body(`${place}/body`, answer.json.value);
  record({ kind: 'form', lane, at: Date.now(), form, shapes: collector.shapes() });
  return form;
}
