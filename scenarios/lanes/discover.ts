import http from 'k6/http';
import type { ConversationPage } from '../../contracts/generated/conversation-page.ts';
import type { EventCore } from '../../contracts/response.ts';
import { sleepUntil } from './clock.ts';
import { record } from './ledger.ts';
import { apiKey, settings } from './plan.ts';

const URL = `${settings.target.baseUrl}/v2/hc-interactions/public`;
const HEADERS = { Authorization: `Bearer ${apiKey}` };
const TAGS = { name: 'list-conversations' };

/** Pauses before each look; a conversation may become visible only some time after its answer. */
const RETRY_MS = [0, 500, 1_000, 2_000, 5_000, 10_000];
/** How far around an event's time its conversation is looked for: the service's own clock is on both sides. */
const MARGIN_MS = 2_000;
const PAGE_LIMIT = 100;
const MAX_PAGES = 20;

/** Finds the conversation that an event belongs to; undefined when it cannot be found. */
export type Discover = (event: EventCore, conversation: number) => Promise<string | undefined>;

interface Wanted {
  readonly event: EventCore;
  readonly found: (interactionId: string | undefined) => void;
}

/**
 * The answer carries no conversation id, so it is looked up in List conversations by event id.
 * A lane looks for all its new conversations in one sweep over a narrow window of time,
 * so that the number of requests does not grow with the number of conversations that the window holds.
 */
export function discoverer(lane: number): Discover {
  const wanted = new Map<string, Wanted>();
  let sweeping: Promise<void> | undefined;

  const sweep = async (conversation: number): Promise<void> => {
    // Whoever comes while a sweep is under way joins the next one: its pages may be past that conversation.
    await sweeping;
    if (wanted.size === 0) return;
    sweeping ??= listAll(lane, conversation, wanted).finally(() => {
      sweeping = undefined;
    });
    await sweeping;
  };

  return async (event, conversation) => {
    let interactionId: string | undefined;
    wanted.set(event.id, {
      event,
      found: (id) => {
        interactionId = id;
        wanted.delete(event.id);
      },
    });
    for (const pause of RETRY_MS) {
      await sleepUntil(Date.now() + pause);
      if (interactionId === undefined) await sweep(conversation);
      if (interactionId !== undefined) return interactionId;
    }
    wanted.delete(event.id);
    return undefined;
  };
}

/** Walks the pages of the window that holds all wanted events, newest first, until all are found. */
async function listAll(lane: number, conversation: number, wanted: ReadonlyMap<string, Wanted>): Promise<void> {
  const times = [...wanted.values()].map(({ event }) => event.createdAt);
  const query = `since=${Math.min(...times) - MARGIN_MS}&until=${Math.max(...times) + MARGIN_MS}`;
  let cursor = '';
  for (let page = 0; page < MAX_PAGES && wanted.size > 0; page++) {
    const listed = await listPage(lane, conversation, `${query}${cursor}`);
    for (const { id, events } of listed?.interactions ?? []) {
      for (const event of events) wanted.get(event.id)?.found(id);
    }
    if (listed?.nextCursor == null || !listed.hasMore) return;
    cursor = `&cursor=${encodeURIComponent(listed.nextCursor)}&direction=next`;
  }
}

async function listPage(lane: number, conversation: number, query: string): Promise<ConversationPage | undefined> {
  const at = Date.now();
  const url = `${URL}?limit=${PAGE_LIMIT}&agentId=${encodeURIComponent(settings.target.botId)}&${query}`;
  const { status, error_code, timings, body } = await http.asyncRequest('GET', url, null, {
    headers: HEADERS,
    tags: TAGS,
    timeout: settings.timeoutMs,
    redirects: 0,
    responseType: 'text',
  });
  record({
    kind: 'request',
    lane,
    operation: 'list-conversations',
    conversation,
    at,
    status,
    errorCode: error_code,
    durationMs: timings.duration,
  });
  if (status !== 200 || body === null) return undefined;
  try {
    return readPage(JSON.parse(body));
  } catch {
    return undefined;
  }
}

/** What discovery needs of a page; anything else that comes is no page. */
function readPage(value: unknown): ConversationPage | undefined {
  const page = value as Partial<ConversationPage> | null;
  if (!Array.isArray(page?.interactions)) return undefined;
  return page.interactions.every((interaction) => Array.isArray(interaction?.events))
    ? (page as ConversationPage)
    : undefined;
}
