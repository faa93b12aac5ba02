import type { CookieJar, RefinedParams } from 'k6/http';
import type { Role, Sent } from '../../contracts/generated/ledger.ts';
import { EVENTS_PATH } from '../../contracts/paths.ts';
import { type Reference, withReferenceText } from '../../contracts/reference.ts';
import { tracePrefix, traceparent } from '../../contracts/traceparent.ts';
import { jsonTexts } from './json-texts.ts';
import { apiKey, keepsMetrics, settings } from './plan.ts';

export const URL = `${settings.target.baseUrl}${EVENTS_PATH}`;
const HEADERS: Record<string, string> = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
/** Who looks at k6's own metrics sees requests by this name. */
const TAGS = { name: 'generate-answer' };
const BOT = `"botId":${JSON.stringify(settings.target.botId)}`;
const TRACE_PREFIX = tracePrefix(settings.runId);

/** Of contents, and of the ids of conversations. */
const jsonOf = jsonTexts();

/** Where a turn stands in the plan, and when the plan wants it sent. */
export type TurnKey = Pick<Sent, 'conversation' | 'turn' | 'attempt' | 'lane' | 'intendedAt' | 'patienceMs'>;

/** What is said. Without an interaction id the turn starts a conversation. */
export interface TurnRequest {
  readonly role: Role;
  readonly content: string;
  readonly contentJson: string;
  /** As JSON. */
  readonly metadata: string;
  readonly interactionId: string | undefined;
  /** What the content ends in, where contents carry references. */
  readonly reference: Reference | undefined;
}

/** The body of a turn's request. */
export function bodyOf({ role, contentJson, metadata, interactionId }: TurnRequest): string {
  const addressee = interactionId === undefined ? BOT : `"interactionId":${jsonOf(interactionId)}`;
  return `{${addressee},"role":"${role}","content":${contentJson},"metadata":${metadata}}`;
}

/** A content, with the text of its reference where it has one, and the JSON of both. */
export function contentOf(text: string, reference?: string): Pick<TurnRequest, 'content' | 'contentJson'> {
  const json = jsonOf(text);
  if (reference === undefined) return { content: text, contentJson: json };
  const content = withReferenceText(text, reference);
  return { content, contentJson: `${withReferenceText(json.slice(0, -1), reference)}"` };
}

const params: RefinedParams<'text'> = { headers: HEADERS, redirects: 0, responseType: 'text' };
// k6 takes its time with each that there is.
if (keepsMetrics) params.tags = TAGS;

/** How k6 sends a turn: the same objects each time, which k6 reads before its `asyncRequest` returns. */
export function paramsOf(key: TurnKey, jar: CookieJar): RefinedParams<'text'> {
  if (settings.tracing === true) HEADERS.traceparent = traceparent(TRACE_PREFIX, key);
  params.timeout = key.patienceMs ?? settings.timeoutMs;
  params.jar = jar;
  return params;
}
