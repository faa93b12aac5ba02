import type { CookieJar } from 'k6/http';
import type { Role, Sent } from '../../contracts/generated/ledger.ts';
import { EVENTS_PATH } from '../../contracts/paths.ts';
import type { Reference } from '../../contracts/reference.ts';
import { tracePrefix, traceparent } from '../../contracts/traceparent.ts';
import { apiKey, settings } from './plan.ts';

export const URL = `${settings.target.baseUrl}${EVENTS_PATH}`;
const HEADERS = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
const TRACE_PREFIX = tracePrefix(settings.runId);

/** Where a turn stands in the plan, and when the plan wants it sent. */
export type TurnKey = Pick<Sent, 'conversation' | 'turn' | 'attempt' | 'lane' | 'intendedAt' | 'patienceMs'>;

/** What is said. Without an interaction id the turn starts a conversation. */
export interface TurnRequest {
  readonly role: Role;
  readonly content: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly interactionId: string | undefined;
  /** What the content ends in, where contents carry references. */
  readonly reference: Reference | undefined;
}

/** The body of a turn's request. */
export function bodyOf({ role, content, metadata, interactionId }: TurnRequest): string {
  const addressee = interactionId === undefined ? { botId: settings.target.botId } : { interactionId };
  return JSON.stringify({ ...addressee, role, content, metadata });
}

/** How k6 sends a turn. */
export const paramsOf = (key: TurnKey, jar: CookieJar) =>
  ({
    headers: settings.tracing === true ? { ...HEADERS, traceparent: traceparent(TRACE_PREFIX, key) } : HEADERS,
    tags: { name: 'generate-answer' },
    redirects: 0,
    responseType: 'text',
    timeout: key.patienceMs ?? settings.timeoutMs,
    jar,
  }) as const;
