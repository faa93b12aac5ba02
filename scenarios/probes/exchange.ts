import http from 'k6/http';
import type { Exchange } from '../../contracts/generated/drift-ledger.ts';
import type { Step } from '../../contracts/generated/drift-plan.ts';
import { redactFields } from '../../contracts/redact.ts';
import { API_KEY } from '../../contracts/rules/reply-leak.ts';
import { isUndecodable, outcomeOf } from '../lanes/outcome.ts';
import { bodyText } from './body.ts';
import { forbidden, keys, plan, record } from './plan.ts';

/** A longer body is not kept: hundreds of such would fill memory and disk. */
const MOST_BYTES = 4_000_000;

/** After so many requests in a row without an answer the service is gone: each one more would only take its time. */
const GONE = 24;
let unanswered = 0;

const sent = Object.values(keys).filter((key) => key !== '');

/** Whether it makes no sense to send more; once gone, gone for the whole check. */
export const isGone = (): boolean => unanswered >= GONE;

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
  const fill = (text: string): string =>
    conversation === undefined ? text : text.split('{conversation}').join(conversation);
  const { headers, query } = authorisation(step.auth);
  const url = withQuery(fill(path), query);
  const body = step.body === undefined ? null : fill(step.body);
  const sentAt = Date.now();
  const response = await http.asyncRequest(step.method, `${plan.target.baseUrl}${url}`, body, {
    headers: body === null ? headers : { ...headers, 'Content-Type': 'application/json' },
    tags: { name: step.operation },
    timeout: plan.timeoutMs,
    redirects: 0,
    responseType: 'binary',
  });
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
    url: withQuery(fill(path), query === '' ? '' : 'api_key=[key]'),
    ...(conversation === undefined ? {} : { conversation }),
    headers: lowerCased(response.headers),
    body: redactFields(text, forbidden.fields),
    utf8,
    ...(showsKey(text) ? { keyShown: true } : {}),
    ...(unkept === undefined ? {} : { unkept }),
  };
  record(line);
  const isAnswered = line.outcome === 'answered' || isUndecodable(line.errorCode);
  if (!isGone()) unanswered = isAnswered ? 0 : unanswered + 1;
  return line;
}

/** The ledger hides keys: that there was one is told apart from the text. */
function showsKey(text: string): boolean {
  return (text.includes('fini_') && API_KEY.test(text)) || sent.some((key) => text.includes(key));
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

/** Cookies are secrets of a kind: that one was set is told, its value is not. */
function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    found[lower] = lower === 'set-cookie' ? '[cookie]' : value;
  }
  return found;
}
