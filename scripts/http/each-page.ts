import type { ApiClient, ListQuery } from './api-client.ts';
import { type StoredConversation, storedPage } from './stored-conversation.ts';

/** A service whose paging never ends is left at some time. */
const MOST_PAGES = 2_000;
/** While others get messages a page may repeat the one before; so many in a row that show nothing new show the same for ever. */
const MOST_STALE = 10;

/**
 * Walks the pages of List conversations over a window of time, the latest message first, until `visit` says that it has
 * enough. Each conversation is visited once: while others get messages, a page may show again what the one before had.
 * @returns whether nothing is left to see; false where the service did not show a page or listed what is no conversation, a cursor is missing, or it goes on for ever
 */
export async function eachPage(
  client: Pick<ApiClient, 'listConversations'>,
  window: Omit<ListQuery, 'cursor'>,
  visit: (conversations: readonly StoredConversation[]) => boolean,
  mostPages = MOST_PAGES,
): Promise<boolean> {
  const cursors = new Set<string>();
  const seen = new Set<string>();
  let cursor: string | undefined;
  let stale = 0;
  let isWhole = true;
  for (let pages = 0; pages < mostPages; pages++) {
    const { status, body } = await client.listConversations({ ...window, ...(cursor === undefined ? {} : { cursor }) });
    const page = status === 200 ? storedPage(body) : undefined;
    if (page === undefined) return false;
    isWhole &&= page.readable;
    const fresh = page.conversations.filter(({ id }) => !seen.has(id) && seen.add(id));
    stale = fresh.length === 0 ? stale + 1 : 0;
    const isEnough = visit(fresh);
    cursor = page.cursor;
    if (isEnough || cursor === undefined) return isEnough || (isWhole && !page.isCut);
    if (cursors.has(cursor) || stale === MOST_STALE) return false;
    cursors.add(cursor);
  }
  return false;
}
