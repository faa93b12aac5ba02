import http from 'k6/http';
import type { Exchange } from '../../contracts/generated/drift-ledger.ts';
import type { Step } from '../../contracts/generated/drift-plan.ts';
import { hasAny } from '../../contracts/has-any.ts';
import { secretAt } from '../../contracts/leak.ts';
import { personAt } from '../../contracts/person.ts';
import { keyRedactor, redactFields } from '../../contracts/redact.ts';
import { API_KEY } from '../../contracts/rules/reply-leak.ts';
import { wellFormed } from '../../contracts/unicode.ts';
import { isUndecodable, outcomeOf } from '../lanes/outcome.ts';
import { reasonOf, unanswered } from '../lanes/unanswered.ts';
import { bodyText } from './body.ts';
import { keptHeaders } from './kept-headers.ts';
import { patienceOf } from './patience.ts';
import { forbidden, keys, plan, record } from './plan.ts';

/** A longer body is not kept: hundreds of such would fill memory and disk. */
const MOST_BYTES = 4_000_000;

/** An error shows what it shows at its beginning. */
const MOST_SEARCHED = 20_000;

const patience = patienceOf(plan.timeoutMs);
export const { isGone } = patience;

const sent = Object.values(keys).filter((key) => key !== '');
const hideKeys = keyRedactor(forbidden.keys.filter((key) => key !== keys.unknown));

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
  const { url, shownUrl, body, params } = requestOf(step, path, conversation);
  const sentAt = Date.now();
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
    url: shownUrl,
    ...(conversation === undefined ? {} : { conversation }),
    ...(response.status === 0 ? reasonOf(response) : {}),
    headers: keptHeaders(response.headers, hideKeys),
    body: redactFields(text, forbidden.fields),
    utf8,
    ...(showsKey(text) ? { keyShown: true } : {}),
    ...(showsOwnKey(quoted(step, response) + text, ownHeaders(step, response.headers)) ? { ownKeyShown: true } : {}),
    ...(personAt(text.slice(0, MOST_SEARCHED), body ?? '') < 0 ? {} : { personShown: true }),
    ...(unkept === undefined ? {} : { unkept }),
  };
  record(line);
  patience.note(step.operation, line.outcome, line.outcome === 'answered' || isUndecodable(line.errorCode));
  return line;
}

/** What is sent; an id of the service is text from outside: it stays one part of a path, and one string of a body. */
function requestOf(step: Step, path: string, conversation: string | undefined) {
  const fill = (text: string, id: string): string => text.split('{conversation}').join(id);
  const filled = conversation === undefined ? path : fill(path, encodeURIComponent(wellFormed(conversation)));
  const { headers, query } = authorisation(step.auth);
  const inBody = conversation === undefined ? '{conversation}' : JSON.stringify(conversation).slice(1, -1);
  const body = step.body === undefined ? null : fill(step.body, inBody);
  const params = {
    headers: body === null ? headers : { ...headers, 'Content-Type': 'application/json' },
    tags: { name: step.operation },
    timeout: patience.timeoutMs(step.operation),
    redirects: 0,
    responseType: 'binary',
  } as const;
  const shownUrl = withQuery(filled, query === '' ? '' : 'api_key=[key]');
  return { url: withQuery(filled, query), shownUrl, body, params };
}

/** The ledger hides keys: that there was one is told apart from the text. */
function showsKey(text: string): boolean {
  return (text.includes('fini_') && API_KEY.test(text)) || hasAny(text, sent) || secretAt(text) >= 0;
}

/** What k6 says of an answer that is none may quote it; it may quote the request's own URL, too. */
const quoted = ({ auth }: Step, { error }: { error?: string }): string => (auth.form === 'query' ? '' : `${error}\n`);

/** Where a request is sent on to, its own query is no news. */
function ownHeaders({ auth }: Step, headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (auth.form !== 'query') return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'location'));
}

/** A key of this check, in whatever form, in the body, in a header or in what came in place of an answer. */
function showsOwnKey(body: string, headers: Readonly<Record<string, string>>): boolean {
  const text = `${Object.entries(headers).join('\n')}\n${body}`;
  return hideKeys(text) !== text;
}

/** So much of the end of a key is another one: a service may compare less than all of it. */
const OTHER_END = 8;
const other = (character: string): string => (character === 'x' ? 'y' : 'x');

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
    case 'longer':
      return header(`Bearer ${value}x`);
    case 'other-end':
      return header(`Bearer ${value.slice(0, -OTHER_END)}${value.slice(-OTHER_END).replace(/./g, other)}`);
    default:
      return header(`Bearer ${value}`);
  }
}

function withQuery(path: string, query: string): string {
  if (query === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}
