import type { ApiClient, ListQuery } from '../http/api-client.ts';
import { listedPage } from '../http/stored-conversation.ts';

const DAY_MS = 86_400_000;
/** List conversations refuses a window of more than 90 days. */
const LONGEST_WINDOW_MS = 30 * DAY_MS;
/** So many pages in a row that show nothing new are those of a listing without an end. */
export const MOST_IN_VAIN = 200;

export interface HistoryQuery extends Pick<ListQuery, 'since' | 'until' | 'agentId' | 'channel'> {
  readonly maxRequests: number;
}

/** Where reading goes on: in the window that ends at `until`, after a page. */
export interface Position {
  readonly until: number;
  readonly cursor?: string;
}

/**
 * How reading ended: with everything, at the limit on requests, in cursors that lead in a circle, after too many pages
 * without anything new, at a page that names no next one although there is one, with an answer that is no page, or with a status that is not 200 (0: no answer).
 */
export type Ending =
  | { readonly kind: 'whole' | 'limit' | 'circle' | 'in-vain' | 'no-cursor' | 'no-page' }
  | { readonly kind: 'status'; readonly status: number; readonly failure?: string };

/**
 * Reads the pages of List conversations from the latest message back to `since`, a month at a time.
 * @param onPage gets what each page lists, and where to go on after it, undefined where nothing is left; says
 *   whether it showed anything new
 */
export async function readHistory(
  client: Pick<ApiClient, 'listConversations' | 'counts'>,
  { since, until, maxRequests, ...filter }: HistoryQuery,
  start: Position | undefined,
  onPage: (conversations: readonly unknown[], next: Position | undefined) => boolean,
): Promise<Ending> {
  const cursors = new Set<string>();
  let position: Position | undefined = start ?? { until };
  let inVain = 0;
  while (position !== undefined) {
    if (client.counts.list >= maxRequests) return { kind: 'limit' };
    const window: Position & { since: number } = {
      since: Math.max(since, position.until - LONGEST_WINDOW_MS),
      ...position,
    };
    const { status, body, failure } = await client.listConversations({ ...filter, ...window });
    if (status !== 200) return { kind: 'status', status, ...(failure === undefined ? {} : { failure }) };
    const page = listedPage(body);
    if (page === undefined) return { kind: 'no-page' };
    const { conversations, cursor, isCut } = page;
    const isCircle = cursor !== undefined && (cursor === position.cursor || cursors.has(cursor));
    if (cursor !== undefined) cursors.add(cursor);
    position = cursor === undefined ? windowBefore(window.since, since) : { until: position.until, cursor };
    inVain = onPage(conversations, position) ? 0 : inVain + 1;
    if (isCut) return { kind: 'no-cursor' };
    if (isCircle) return { kind: 'circle' };
    if (inVain >= MOST_IN_VAIN) return { kind: 'in-vain' };
  }
  return { kind: 'whole' };
}

const windowBefore = (from: number, since: number): Position | undefined =>
  from > since ? { until: from } : undefined;
