import type { ApiClient, ListQuery } from './api-client.ts';
import { type StoredConversation, storedPage } from './stored-conversation.ts';

/** A service whose paging never ends is left at some time. */
const MOST_PAGES = 2_000;

/**
 * Walks the pages of List conversations over a window of time, the latest message first, until `visit` says that it has
 * enough. Each conversation is visited once: while others get messages, a page may show again what the one before had.
 * @returns whether nothing is left to see; false where the service did not show a page, or its cursors lead in a circle
 */
export async function eachPage(
  client: Pick<ApiClient, 'listConversations'>,
  window: Omit<ListQuery, 'cursor'>,
  visit: (conversations: readonly StoredConversation[]) => boolean,
): Promise<boolean> {
  const cursors = new Set<string>();
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const { status, body } = await client.listConversations({ ...window, ...(cursor === undefined ? {} : { cursor }) });
    const page = status === 200 ? storedPage(body) : undefined;
    if (page === undefined) return false;
    const isEnough = visit(page.conversations.filter(({ id }) => !seen.has(id) && seen.add(id)));
    cursor = page.cursor;
    if (isEnough || cursor === undefined) return true;
    if (cursors.has(cursor)) return false;
    cursors.add(cursor);
  }
  return false;
}
