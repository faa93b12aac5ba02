/** A conversation as a listing shows it, with the ids and the messages of its events. */
export interface ListedConversation {
  readonly id: string;
  readonly events: readonly string[];
  readonly messages: readonly string[];
}

/** What a walk through a listing needs of a page. */
interface Page {
  readonly conversations: readonly ListedConversation[];
  /** Cursor of the next page, where there is one. */
  readonly next: string | undefined;
}

type Loose = Readonly<Record<string, unknown>>;

/** A page as far as it can be read at all. */
export function pageOf(body: string): Page | undefined {
  const page = parsed(body) as Loose | undefined;
  if (!Array.isArray(page?.interactions)) return undefined;
  const conversations = (page.interactions as unknown[]).flatMap((one) => {
    const { id, events } = (one ?? {}) as Loose;
    return typeof id === 'string' ? [{ id, events: textsOf(events, 'id'), messages: textsOf(events, 'message') }] : [];
  });
  const { hasMore, nextCursor } = page;
  return { conversations, next: hasMore === true && typeof nextCursor === 'string' ? nextCursor : undefined };
}

/** Ids of the events of an answer to a turn, or of a conversation; none where it is neither. */
export function eventIds(body: string): string[] {
  const value = parsed(body) as Loose | unknown[] | undefined;
  return textsOf(Array.isArray(value) ? value : value?.events, 'id');
}

function textsOf(events: unknown, property: 'id' | 'message'): string[] {
  if (!Array.isArray(events)) return [];
  return events.flatMap((event: Loose | null) => {
    const text = event?.[property];
    return typeof text === 'string' ? [text] : [];
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) ?? undefined;
  } catch {
    return undefined;
  }
}
