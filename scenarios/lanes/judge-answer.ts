import type { CheckedTurn, TurnResponse } from '../../contracts/answer.ts';
import { check, checkExposure } from '../../contracts/check.ts';
import { codingOf } from '../../contracts/content-coding.ts';
import { knownAnswers, type Said } from '../../contracts/known-answers.ts';
import { isJson } from '../../contracts/media-type.ts';
import { keyRedactor } from '../../contracts/redact.ts';
import { eventsOf, turnResponse } from '../../contracts/response.ts';
import type { Violation } from '../../contracts/violation.ts';
import { formOf } from './forms.ts';
import type { Judgement } from './judgement.ts';
import { apiKey, forbidden, settings } from './plan.ts';
import type { TurnRequest } from './turn-request.ts';
import type { Reply } from './unanswered.ts';

/** To list the headers of an answer, and to look for every form of a key, takes k6 as long as to check it. */
const CLOSELY_EVERY = 16;
/** A short run looks at each of its answers so. */
const CLOSELY_FIRST = 64;
let answers = 0;

/** What a project's overlay asks of an answer's parts, only the rules know. */
const known = settings.contract === undefined ? knownAnswers() : undefined;
const NONE: readonly Violation[] = [];

const hideKeys = keyRedactor(forbidden.keys);

/**
 * Holds an answer against the contract; of good ones the first 64 and every 16th closely. Of the others those that are
 * written as one before need no parsing.
 */
export function judgeAnswer(
  lane: number,
  said: TurnRequest,
  { status, headers }: Pick<Reply<string>, 'status' | 'headers'>,
  text: string,
  sentAt: number,
  settledAt: number,
): Judgement {
  const isSampled = answers % CLOSELY_EVERY === 0;
  const isEarly = answers++ < CLOSELY_FIRST;
  const showsKey = apiKey !== '' && text.includes(apiKey);
  const isPlain = isCodedAsNamed(headers['Content-Encoding'], text);
  if (!isSampled && !isEarly && !showsKey && isPlain && status === 200 && isJson(headers['Content-Type'])) {
    const found = known?.recognise(said, sentAt, settledAt, text);
    if (found !== undefined) return { events: found.events, violations: NONE, form: found.form, isValid: true };
  }
  const turn = turnOf(said, sentAt, settledAt);
  const answer = turnResponse(status, fewHeaders(headers), text);
  const violations = check(turn, answer);
  const events = eventsOf(answer);
  const isValid = answer.events !== undefined;
  const looked = { answer, violations };
  const isSuspect = violations.length > 0 || status !== 200 || showsKey || !isPlain;
  if (!isSampled && !isEarly && !isSuspect)
    return { events, violations, form: learntForm(lane, turn, looked), isValid };
  const all = lowerCased(headers);
  const close = lookClosely(turn, answer, all) ?? looked;
  const form = isSampled ? formOf(lane, close.answer, close.violations, all) : learntForm(lane, turn, close);
  return { events, violations: close.violations, form, isValid };
}

/** Whether a body that is read as JSON is in the coding that its header names. */
const isCodedAsNamed = (contentEncoding: string | undefined, body: string): boolean =>
  contentEncoding === undefined || codingOf(contentEncoding, body, true) === 'plain';

interface Looked {
  readonly answer: TurnResponse;
  readonly violations: readonly Violation[];
}

const turnOf = (said: TurnRequest, sentAt: number, settledAt: number): CheckedTurn & Said => {
  const { role, content, contentJson, interactionId, reference, metadata } = said;
  return { role, content, contentJson, sentAt, settledAt, continued: interactionId !== undefined, reference, metadata };
};

/** The form of an answer, which later ones that are written like it have, too. */
function learntForm(lane: number, turn: CheckedTurn & Said, { answer, violations }: Looked): string | undefined {
  const form = formOf(lane, answer, violations);
  if (violations.length === 0 && form !== undefined) known?.learn(turn, answer, form);
  return form;
}

/** What is no answer breaks nothing, unless it shows a key: k6 quotes what came in its place. */
export function judgeUnanswered(
  said: TurnRequest,
  error: string,
  text: string,
  sentAt: number,
  settledAt: number,
): Judgement {
  const came = `${error}\n${text}`;
  const turn = { ...turnOf(said, sentAt, settledAt), keyShown: hideKeys(came) !== came };
  const violations = checkExposure(turn, turnResponse(0, {}, ''));
  return { events: [], violations, isValid: false };
}

/** Judges an answer again where the whole of its headers, or a key that it shows, can change what is found. */
function lookClosely(
  turn: CheckedTurn,
  { status, body }: TurnResponse,
  headers: Readonly<Record<string, string>>,
): Looked | undefined {
  const came = `${body}\n${textOf(headers)}`;
  const keyShown = hideKeys(came) !== came;
  if (!keyShown && headers['content-encoding'] === undefined) return undefined;
  // What quotes a key would quote it in pieces: it is taken out before anything is judged.
  const answer = turnResponse(status, withoutKeys(headers), hideKeys(body));
  return { answer, violations: check(keyShown ? { ...turn, keyShown } : turn, answer) };
}

/** The headers that a good answer is held against; k6 names them in canonical case. */
function fewHeaders({ 'Content-Type': contentType, Date: date }: Reply<string>['headers']): Record<string, string> {
  const found: Record<string, string> = {};
  if (contentType !== undefined) found['content-type'] = contentType;
  if (date !== undefined) found.date = date;
  return found;
}

/** `for`-`in`, here and below: lists of entries take k6 five times as long. A header may be called `__proto__`. */
function lowerCased(headers: Reply<string>['headers']): Record<string, string> {
  const found: Record<string, string> = Object.create(null);
  for (const name in headers) found[name.toLowerCase()] = headers[name] as string;
  return found;
}

function textOf(headers: Readonly<Record<string, string>>): string {
  let text = '';
  for (const name in headers) text += `${name}: ${headers[name]}\n`;
  return text;
}

const withoutKeys = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [hideKeys(name), hideKeys(value)]));
