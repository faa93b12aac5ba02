import { setTimeout as delay } from 'node:timers/promises';
import { LOOKS_MS } from '../../contracts/look-schedule.ts';
import { EVENTS_PATH } from '../../contracts/paths.ts';
import { eventsOf, turnResponse } from '../../contracts/response.ts';
import { connectionTrouble } from '../foundation/connection-trouble.ts';
import { deadline } from '../foundation/deadline.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Io } from '../foundation/io.ts';
import { apiClient } from '../http/api-client.ts';
import { bodyText } from '../http/body-text.ts';
import { eachPage } from '../http/each-page.ts';
import type { StoredConversation } from '../http/stored-conversation.ts';
import { type Diagnosis, notice, ok, problem } from './diagnosis.ts';

const NAME = 'write scope';
const TIMEOUT_MS = 30_000;
/** Around the time of the note, on the service's clock. */
const MARGIN_MS = 60_000;
const MOST_PAGES = 20;

interface Target {
  readonly baseUrl: string;
  readonly botId: string;
}

/** Stores a note of role agent, which costs no reply, then finds its conversation and removes it. */
export async function tryWriting(target: Target, apiKey: string, io: Pick<Io, 'signal'>): Promise<Diagnosis> {
  const { status, body } = await post(target, apiKey, io.signal);
  if (status === 401) return problem(NAME, 'the key is refused (401)', 'check FINI_API_KEY', EXIT.unreachable);
  if (status === 403) return problem(NAME, 'missing (403)', 'use a key with it', EXIT.unreachable);
  const [event] = eventsOf(turnResponse(status, {}, body));
  if (event === undefined) {
    const text =
      status === 0 ? `Generate Answer did not answer: ${body}` : `Generate Answer answered ${status} without an event`;
    return problem(NAME, text, 'try again; a run would fail in the same way', EXIT.unreachable);
  }
  const client = apiClient(target, apiKey, io.signal);
  const conversation = await find(client, target.botId, event, io.signal);
  const left = `conversation ${conversation?.id ?? `of event ${event.id}`}`;
  if (conversation === undefined)
    return notice(NAME, 'granted; the turn could not be found again', `remove ${left} by hand`);
  // A service that resolves may have taken the note for the next message of somebody's conversation.
  if (conversation.events.some(({ id }) => id !== event.id))
    return notice(NAME, 'granted; the turn is in a conversation with other messages', `look at ${left}`);
  const removed = await client.deleteConversation(conversation.id);
  return removed.status === 200 || removed.status === 204
    ? ok(NAME, 'granted; the turn was removed again')
    : notice(NAME, `granted; the turn could not be removed (${removed.status})`, `remove ${left} by hand`);
}

async function post(
  { baseUrl, botId }: Target,
  apiKey: string,
  signal: AbortSignal,
): Promise<{ status: number; body: string }> {
  const patience = deadline(TIMEOUT_MS, signal);
  try {
    const response = await fetch(`${baseUrl}${EVENTS_PATH}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        botId,
        role: 'agent',
        content: 'A test of fini-harness doctor: may this key write? It is removed at once.',
        metadata: { fini_harness: { doctor: true } },
      }),
      signal: patience.signal,
    });
    return { status: response.status, body: await bodyText(response) };
  } catch (error) {
    return { status: 0, body: connectionTrouble(error) };
  } finally {
    patience.clear();
  }
}

async function find(
  client: ReturnType<typeof apiClient>,
  agentId: string,
  { id, createdAt }: { id: string; createdAt: number },
  signal: AbortSignal,
): Promise<StoredConversation | undefined> {
  const window = { since: createdAt - MARGIN_MS, until: createdAt + MARGIN_MS, agentId };
  let found: StoredConversation | undefined;
  for (const pause of LOOKS_MS) {
    await delay(pause, undefined, { signal });
    const visit = (conversations: readonly StoredConversation[]): boolean => {
      found ??= conversations.find(({ events }) => events.some((event) => event.id === id));
      return found !== undefined;
    };
    await eachPage(client, window, visit, MOST_PAGES);
    if (found !== undefined) return found;
  }
  return undefined;
}
