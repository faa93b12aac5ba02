import http from 'k6/http';
import type { Exchange } from '../../contracts/generated/drift-ledger.ts';
import type { Step } from '../../contracts/generated/drift-plan.ts';
import { personAt, showsSecret } from '../../contracts/leak.ts';
import { keyRedactor, redactFields } from '../../contracts/redact.ts';
import { API_KEY } from '../../contracts/rules/reply-leak.ts';
import { wellFormed } from '../../contracts/unicode.ts';
import { isUndecodable, outcomeOf } from '../lanes/outcome.ts';
import { reasonOf, unanswered } from '../lanes/unanswered.ts';
import { bodyText } from './body.ts';
import { keptHeaders } from './kept-headers.ts';
import { forbidden, keys, plan, record } from './plan.ts';

/** A longer body is not kept: hundreds of such would fill memory and disk. */
const MOST_BYTES = 4_000_000;

/** An error shows what it shows at its beginning. */
const MOST_SEARCHED = 20_000;

/** After so many requests in a row without an answer the service is gone: each one more would only take its time. */
const GONE = 24;
let inVain = 0;

/** An operation that was not answered in time so often in a row is not waited for as long again. */
const SLOW = 3;
const SHORT_MS = 5_000;
const timeOuts = new Map<string, number>();

function timeoutOf({ operation }: Step): number {
  return (timeOuts.get(operation) ?? 0) >= SLOW ? Math.min(SHORT_MS, plan.timeoutMs) : plan.timeoutMs;
}

const sent = Object.values(keys).filter((key) => key !== '');
const hideKeys = keyRedactor(forbidden.keys.filter((key) => key !== keys.unknown));

/** Whether it makes no sense to send more; once gone, gone for the whole check. */
export const isGone = (): boolean => inVain >= GONE;

/** Where a request stands in the plan. */
export interface Place {
  readonly chain: number;
  readonly step: number;
  readonly look: number;
}

/** Sends one request of a step and writes the exchange to the ledger. Never throws for what the endpoint does. */
export async function exchange(
  place: Place,
  step: Step,
  { path = step.path, conversation }: { path?: string; conversation?: string | undefined } = {},
): Promise<Exchange> {
  // An id of the service is text from outside: it stays one part of a path, and one string of a body.
  const fill = (text: string, id: string): string => text.split('{conversation}').join(id);
  const filled = conversation === undefined ? path : fill(path, encodeURIComponent(wellFormed(conversation)));
  const { headers, query } = authorisation(step.auth);
  const url = withQuery(filled, query);
  const inBody = conversation === undefined ? '{conversation}' : JSON.stringify(conversation).slice(1, -1);
  const body = step.body === undefined ? null : fill(step.body, inBody);
  const sentAt = Date.now();
  const params = {
    headers: body === null ? headers : { ...headers, 'Content-Type': 'application/json' },
    tags: { name: step.operation },
    timeout: timeoutOf(step),
    redirects: 0,
    responseType: 'binary',
  } as const;
  const response = await http
    .asyncRequest(step.method, `${plan.target.baseUrl}${url}`, body, params)
    .catch((error) => unanswered(error, sentAt));
  const unkept = response.body !== null && response.body.byteLength > MOST_BYTES ? response.body.byteLength : undefined;
  const { text, utf8 } = bodyText(unkept === undefined ? response.body : null);
  const line: Exchange = {
    kind: 'exchange',
    ...place,
    sentAt,
    settledAt: Date.now(),
    outcome: outcomeOf(response.status, response.error_code, response.error),
    status: response.status,
    errorCode: response.error_code,
    durationMs: response.timings.duration,
    url: withQuery(filled, query === '' ? '' : 'api_key=[key]'),
    ...(conversation === undefined ? {} : { conversation }),
    ...(response.status === 0 ? reasonOf(response) : {}),
    headers: keptHeaders(response.headers),
    body: redactFields(text, forbidden.fields),
    utf8,
    ...(showsKey(text) ? { keyShown: true } : {}),
    ...(showsOwnKey(text, response.headers) ? { ownKeyShown: true } : {}),
    ...(personAt(text.slice(0, MOST_SEARCHED), body ?? '') < 0 ? {} : { personShown: true }),
    ...(unkept === undefined ? {} : { unkept }),
  };
  record(line);
  const isAnswered = line.outcome === 'answered' || isUndecodable(line.errorCode);
  const isTimedOut = line.outcome === 'timed-out';
  timeOuts.set(step.operation, isTimedOut ? (timeOuts.get(step.operation) ?? 0) + 1 : 0);
  if (!isGone()) inVain = isAnswered ? 0 : inVain + 1;
  return line;
}

/** The ledger hides keys: that there was one is told apart from the text. */
function showsKey(text: string): boolean {
  return (text.includes('fini_') && API_KEY.test(text)) || sent.some((key) => text.includes(key)) || showsSecret(text);
}

/** A key of this check, in whatever form, in the body or in a header. */
function showsOwnKey(body: string, headers: Readonly<Record<string, string>>): boolean {
  const text = `${Object.entries(headers).join('\n')}\n${body}`;
  return hideKeys(text) !== text;
}

/** How the key travels. */
function authorisation({ key, form }: Step['auth']): { headers: Record<string, string>; query: string } {
  const value = keys[key];
  const header = (text: string) => ({ headers: { Authorization: text }, query: '' });
  switch (form) {
    case 'none':
      return { headers: {}, query: '' };
    case 'query':
      return { headers: {}, query: `api_key=${encodeURIComponent(value)}` };
    case 'token-scheme':
      return header(`Token ${value}`);
    case 'basic-scheme':
      return header(`Basic ${value}`);
    case 'other-case':
      return header(`Bearer ${value.toUpperCase()}`);
    case 'prefix':
      return header(`Bearer ${value.slice(0, -1)}`);
    default:
      return header(`Bearer ${value}`);
  }
}

function withQuery(path: string, query: string): string {
  if (query === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}
