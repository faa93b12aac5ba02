import { setTimeout } from 'node:timers/promises';
import { CONVERSATIONS_PATH, conversationPath } from '../../contracts/paths.ts';
import { retryAfterMs } from '../../contracts/retry-after.ts';
import { connectionTrouble } from '../foundation/connection-trouble.ts';
import { deadline } from '../foundation/deadline.ts';
import { bodyText, parsed } from './body-text.ts';

/** What a request came to. Whatever the service does is data; nothing here throws for it. */
export interface ApiReply {
  /** 0 where no answer came. */
  readonly status: number;
  /** Parsed JSON; undefined where there is none. */
  readonly body: unknown;
  /** Why no answer came. */
  readonly failure?: string;
}

/** Query of List conversations; times of latest messages, in epoch ms on the service's clock. */
export interface ListQuery {
  readonly since: number;
  readonly until: number;
  readonly agentId?: string;
  /** How its conversations came about: `api`, `testsuite`, `replay`. */
  readonly source?: string;
  readonly channel?: string;
  readonly cursor?: string;
}

/** Conversations of the service, beside Generate Answer. Each needs the scope that its name says. */
export interface ApiClient {
  /** Scope read. An id that is unknown is a 500. */
  readonly getConversation: (id: string) => Promise<ApiReply>;
  /** Scope read. One page of at most 100, the latest message first; older ones by cursor. */
  readonly listConversations: (query: ListQuery) => Promise<ApiReply>;
  /** Scope write. The answer is the same for an id that does not exist. */
  readonly deleteConversation: (id: string) => Promise<ApiReply>;
  /** Scope write; at most `BULK_LIMIT` different UUIDs. Not atomic: a 406 says that some were not accessible; the others are gone. */
  readonly deleteConversations: (ids: readonly string[]) => Promise<ApiReply>;
  readonly counts: Readonly<Record<Operation | 'failed', number>>;
  /** Why the last answer that could not be used could not, in brackets after a blank; empty where all could. */
  readonly trouble: () => string;
}

type Operation = 'get' | 'list' | 'delete' | 'bulkDelete';

export const PAGE_LIMIT = 100;
export const BULK_LIMIT = 50;
/** Statuses of an id that the service does not know; 500 is the documented one. */
export const UNKNOWN_ID: readonly number[] = [404, 500];

const LONGEST_MS = 30_000;

/** How a request is tried again. A deletion only is where it was refused for its rate: one that seems to have failed may have worked. */
export interface Patience {
  /** A request is given up after it, after 30 s at most. */
  readonly timeoutMs?: number;
  /** Pauses before still further tries, while the service limits the rate; `Retry-After` overrides each. */
  readonly limitedMs?: readonly number[];
  /** Of what `Retry-After` asks for. */
  readonly longestWaitMs?: number;
  /** Called before a wait that `Retry-After` asks for. */
  readonly onWait?: (ms: number) => void;
}

const RETRIES_MS = [500, 2_000];
const LONGEST_WAIT_MS = 10_000;
/** After so many reads, or deletions, in a row that came to nothing, tries included, no further one is sent: the service is not there. */
const GIVE_UP = 30;
/** Of these a request counts for, for which the whole time was waited. */
const TIMED_OUT = 5;
const GAVE_UP: ApiReply = {
  status: 0,
  body: undefined,
  failure: 'not sent: the service did not answer earlier requests',
};
/** Answers that may differ a moment later. A 500 is not among them: it also says that an id is unknown. */
const PASSING: readonly number[] = [0, 429, 502, 503, 504];

interface Call {
  readonly operation: Operation;
  readonly method: 'GET' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

interface Answered extends ApiReply {
  readonly retryAfterMs?: number;
  /** Given up: whoever waits that long again will wait in vain. */
  readonly isTimedOut?: boolean;
}

/** What was asked so far, and the last thing that went wrong. */
interface Tally {
  readonly counts: Record<Operation | 'failed', number>;
  trouble: string;
}

/**
 * Talks to the sibling routes of one service with one key. Never follows a redirect: the key would go along.
 * Ends at once, by an AbortError, when the signal is aborted.
 */
export function apiClient(
  { baseUrl }: { baseUrl: string },
  apiKey: string,
  signal: AbortSignal,
  patient: Patience = {},
): ApiClient {
  const tally: Tally = { counts: { get: 0, list: 0, delete: 0, bulkDelete: 0, failed: 0 }, trouble: '' };
  const patienceMs = Math.min(patient.timeoutMs ?? LONGEST_MS, LONGEST_MS);

  const once = async (call: Call): Promise<Answered> => {
    tally.counts[call.operation] += 1;
    const patience = deadline(patienceMs, signal);
    const reply = await send(`${baseUrl}${call.path}`, { ...requestOf(call, apiKey), signal: patience.signal });
    patience.clear();
    signal.throwIfAborted();
    if (reply.status !== 200) tally.counts.failed += 1;
    if (reply.status !== 200 || reply.body === undefined) tally.trouble = ` (${troubleOf(reply)})`;
    return { ...reply, isTimedOut: patience.signal.aborted };
  };

  const read = patiently(once, PASSING, patient, signal);
  const remove = patiently(once, [429], patient, signal);
  return {
    getConversation: (id) => read({ operation: 'get', method: 'GET', path: conversationPath(id) }),
    listConversations: (query) =>
      read({ operation: 'list', method: 'GET', path: `${CONVERSATIONS_PATH}?${search(query)}` }),
    deleteConversation: (id) => remove({ operation: 'delete', method: 'DELETE', path: conversationPath(id) }),
    deleteConversations: (ids) =>
      remove({ operation: 'bulkDelete', method: 'DELETE', path: CONVERSATIONS_PATH, body: { ids } }),
    counts: tally.counts,
    trouble: () => tally.trouble,
  };
}

function requestOf({ method, body }: Call, apiKey: string): RequestInit {
  const authorization = `Bearer ${apiKey}`;
  if (body === undefined) return { method, redirect: 'manual', headers: { authorization } };
  const headers = { authorization, 'content-type': 'application/json' };
  return { method, redirect: 'manual', headers, body: JSON.stringify(body) };
}

/** Asks again where an answer of these statuses may differ a moment later; no longer where many in a row did not. */
function patiently(
  once: (call: Call) => Promise<Answered>,
  again: readonly number[],
  { limitedMs = [], longestWaitMs = LONGEST_WAIT_MS, onWait }: Patience,
  signal: AbortSignal,
): (call: Call) => Promise<ApiReply> {
  let inVain = 0;
  const attempt = async (call: Call): Promise<Answered> => {
    if (inVain >= GIVE_UP) return GAVE_UP;
    const reply = await once(call);
    const times = reply.isTimedOut === true ? TIMED_OUT : 1;
    inVain = PASSING.includes(reply.status) ? inVain + times : 0;
    return reply;
  };
  return async (call) => {
    let reply = await attempt(call);
    for (const [index, pause] of [...RETRIES_MS, ...limitedMs].entries()) {
      const isLimited = reply.status === 429 || reply.retryAfterMs !== undefined;
      if (!again.includes(reply.status) || reply.isTimedOut === true || inVain >= GIVE_UP) break;
      if (index >= RETRIES_MS.length && !isLimited) break;
      const wait = Math.min(reply.retryAfterMs ?? pause, longestWaitMs);
      if (reply.retryAfterMs !== undefined) onWait?.(wait);
      await setTimeout(wait, undefined, { signal });
      reply = await attempt(call);
    }
    return reply;
  };
}

function troubleOf({ status, failure }: ApiReply): string {
  if (status === 0) return failure ?? 'no answer';
  return status === 200 ? 'HTTP 200 without JSON' : `HTTP ${status}`;
}

async function send(url: string, init: RequestInit): Promise<Answered> {
  try {
    const response = await fetch(url, init);
    const text = await bodyText(response);
    const { status, headers } = response;
    const asked = retryAfterMs(headers.get('retry-after') ?? undefined, Date.now(), headers.get('date') ?? undefined);
    return { status, body: parsed(text), ...(asked === undefined ? {} : { retryAfterMs: asked }) };
  } catch (error) {
    return { status: 0, body: undefined, failure: connectionTrouble(error) };
  }
}

function search({ since, until, agentId, source, channel, cursor }: ListQuery): URLSearchParams {
  return new URLSearchParams({
    limit: String(PAGE_LIMIT),
    since: String(Math.floor(since)),
    until: String(Math.ceil(until)),
    ...(agentId === undefined ? {} : { agentId }),
    ...(source === undefined ? {} : { source }),
    ...(channel === undefined ? {} : { channel }),
    ...(cursor === undefined ? {} : { cursor, direction: 'next' }),
  });
}
