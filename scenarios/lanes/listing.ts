import http from 'k6/http';
import { CONVERSATIONS_PATH } from '../../contracts/paths.ts';
import { record } from './ledger.ts';
import { type Page, pageOf } from './page.ts';
import { apiKey, settings } from './plan.ts';
import { reasonOf, unanswered } from './unanswered.ts';

const URL = `${settings.target.baseUrl}${CONVERSATIONS_PATH}`;
const HEADERS = { Authorization: `Bearer ${apiKey}` };
const TAGS = { name: 'list-conversations' };
const PAGE_LIMIT = 100;

/** An event whose conversation is looked for, and who wants to know. */
export interface Wanted {
  /** When its conversation got its latest message: the service's own clock is on both sides. */
  readonly since: number;
  readonly until: number;
  /** Whether it may have another source than the API by now: a conversation that began elsewhere and goes on here. */
  readonly anywhere: boolean;
  readonly found: (interactionId: string) => void;
}

/**
 * Walks the pages of List conversations that cover the wanted events (by event id), newest first, until all are found.
 * The window of time is as narrow as the events allow, so that the requests do not grow with what else it holds.
 */
export async function lookFor(wanted: Map<string, Wanted>, lane: number, conversation?: number): Promise<void> {
  let since = Number.POSITIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  for (const one of wanted.values()) {
    since = Math.min(since, one.since);
    until = Math.max(until, one.until);
  }
  const mostPages = 20 + (2 * wanted.size) / PAGE_LIMIT;
  // Of other sources there may be very many.
  const source = [...wanted.values()].some(({ anywhere }) => anywhere) ? '' : '&source=api';
  let cursor = '';
  for (let page = 0; page < mostPages && wanted.size > 0; page++) {
    const listed = await listPage(`since=${since}&until=${until}${source}${cursor}`, lane, conversation);
    for (const { id, events } of listed?.conversations ?? []) {
      for (const event of events) wanted.get(event)?.found(id);
    }
    if (listed?.next === undefined) return;
    cursor = `&cursor=${encodeURIComponent(listed.next)}&direction=next`;
  }
}

async function listPage(query: string, lane: number, conversation?: number): Promise<Page | undefined> {
  const at = Date.now();
  const url = `${URL}?limit=${PAGE_LIMIT}&agentId=${encodeURIComponent(settings.target.botId)}&${query}`;
  const params = {
    headers: HEADERS,
    tags: TAGS,
    timeout: settings.timeoutMs,
    redirects: 0,
    responseType: 'text',
  } as const;
  const response = await http.asyncRequest('GET', url, null, params).catch((error) => unanswered(error, at));
  const { status, error_code, timings, body } = response;
  const page = status === 200 ? pageOf(body ?? '') : undefined;
  record({
    kind: 'request',
    lane,
    operation: 'list-conversations',
    ...(conversation === undefined ? {} : { conversation }),
    at,
    status,
    errorCode: error_code,
    durationMs: timings.duration,
    ...(status === 0 ? reasonOf(response) : {}),
    ...(status === 200 && page === undefined ? { error: 'no page of conversations' } : {}),
  });
  return page;
}
