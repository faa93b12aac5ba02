import http from 'k6/http';
import { LOOKS_MS } from '../../contracts/look-schedule.ts';
import { EVENTS_PATH } from '../../contracts/paths.ts';
import { POOL_CONTENT } from '../../contracts/pool-content.ts';
import { eventsOf, turnResponse } from '../../contracts/response.ts';
import { sleepUntil } from './clock.ts';
import { record } from './ledger.ts';
import { lookFor, type Wanted } from './listing.ts';
import { apiKey, settings } from './plan.ts';
import { reasonOf, unanswered } from './unanswered.ts';

const URL = `${settings.target.baseUrl}${EVENTS_PATH}`;
const HEADERS = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
const TAGS = { name: 'prepare-conversation' };
/** In setup there is no lane. */
const SETUP = -1;
const AT_ONCE = 20;
/** Around the time of a prepared event; the pool itself fills most of the window. */
const MARGIN_MS = 5_000;

/** Ids of prepared conversations by their place in the pool; null where one could not be prepared or found. */
export type Pool = readonly (string | null)[];

/**
 * Prepares the conversations of strategy `pool`: each begins with an event of role `agent`, which costs no reply, and all
 * are then found in one sweep of pages. One request a conversation, and one for every hundred.
 */
export async function preparePool(): Promise<Pool> {
  const { strategy, poolSize = 0 } = settings.continuation;
  if (strategy !== 'pool') return [];
  const pool: (string | null)[] = Array.from({ length: poolSize }, () => null);
  const wanted = new Map<string, Wanted>();
  let next = 0;
  const prepareAll = async (): Promise<void> => {
    while (next < poolSize) {
      const place = next;
      next += 1;
      const event = await prepare(place);
      if (event === undefined) continue;
      const found = (interactionId: string): void => {
        pool[place] = interactionId;
        wanted.delete(event.id);
        record({ kind: 'pooled', pool: place, at: Date.now(), eventId: event.id, interactionId });
      };
      const [since, until] = [event.createdAt - MARGIN_MS, event.createdAt + MARGIN_MS];
      wanted.set(event.id, { since, until, anywhere: false, found });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, prepareAll));
  for (const pause of LOOKS_MS) {
    if (wanted.size === 0) break;
    await sleepUntil(Date.now() + pause);
    await lookFor(wanted, SETUP);
    for (const [id, one] of wanted) wanted.set(id, { ...one, anywhere: true });
  }
  return pool;
}

/** Creates one conversation; returns the event that it begins with. */
async function prepare(place: number): Promise<{ id: string; createdAt: number } | undefined> {
  const at = Date.now();
  const metadata = { fini_harness: { run: settings.runId, pool: place } };
  const body = JSON.stringify({ botId: settings.target.botId, role: 'agent', content: POOL_CONTENT, metadata });
  const params = {
    headers: HEADERS,
    tags: TAGS,
    timeout: settings.timeoutMs,
    redirects: 0,
    responseType: 'text',
  } as const;
  const response = await http.asyncRequest('POST', URL, body, params).catch((error) => unanswered(error, at));
  const { status, error_code: errorCode, timings } = response;
  record({
    kind: 'request',
    lane: SETUP,
    operation: 'prepare-conversation',
    at,
    status,
    errorCode,
    durationMs: timings.duration,
    ...(status === 0 ? reasonOf(response) : {}),
  });
  const [event] = eventsOf(turnResponse(status, {}, response.body ?? ''));
  if (event !== undefined) record({ kind: 'pooled', pool: place, at: Date.now(), eventId: event.id });
  return event;
}
