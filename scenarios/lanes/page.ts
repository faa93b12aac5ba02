import { parseJson } from '../../contracts/parse-json.ts';
import { wellFormed } from '../../contracts/unicode.ts';

/** Longer ones are no ids: they would stand in every URL and line that names them. */
const LONGEST_ID = 200;

/** A conversation as a listing shows it, with the ids and the messages of its events. */
export interface ListedConversation {
  readonly id: string;
  readonly events: readonly string[];
  readonly messages: readonly string[];
}

/** What a walk through a listing needs of a page. */
export interface Page {
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
    return isId(id) ? [{ id, events: textsOf(events, 'id'), messages: textsOf(events, 'message') }] : [];
  });
  const { hasMore, nextCursor } = page;
  return {
    conversations,
    next: hasMore === true && typeof nextCursor === 'string' ? wellFormed(nextCursor) : undefined,
  };
}

const isId = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_ID;

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
  const json = parseJson(body);
  return json.ok ? (json.value ?? undefined) : undefined;
}
