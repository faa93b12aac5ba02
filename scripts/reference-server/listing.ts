import { ApiError } from './api-error.ts';
import { now } from './clock.ts';
import { type Conversation, publicConversation } from './conversation.ts';
import type { Policy } from './operators/policy.ts';
import type { Store } from './store.ts';
import type { Position, Timeline } from './timeline.ts';

const DAY_MS = 86_400_000;
const DEFAULT_LIMIT = 50;
const HIGHEST_LIMIT = 100;

interface Window {
  readonly since: number;
  readonly until: number;
  readonly limit: number;
  readonly older: boolean;
  /** Where a cursor stands. */
  readonly cursor: Position | undefined;
  /** What a cursor counts, where cursors count. */
  readonly offset: number | undefined;
  readonly wanted: (conversation: Conversation) => boolean;
}

/** A page of conversations, those with the latest messages first. */
export interface Page {
  interactions: ReturnType<typeof publicConversation>[];
  hasMore: boolean;
  nextCursor: string | null;
  prevCursor: string | null;
}

type Query = Readonly<Record<string, unknown>>;
/** Whether a rule of the server is lifted. */
type Lifts = (policy: Policy) => boolean;

/** List conversations of a workspace (undefined: of all); throws 400 for a query that the reference refuses. */
export function listConversations(
  { timeline }: Store,
  workspace: string | undefined,
  query: Query,
  lifts: Lifts,
): Page {
  const window = parse(query, workspace, lifts);
  if (window.offset !== undefined) return offsetPage(timeline, window, window.offset);
  const { since, until, cursor, limit } = window;
  const found: Conversation[] = [];
  const source = window.older ? timeline.descending(since, until, cursor) : timeline.ascending(since, until, cursor);
  for (const conversation of source) {
    if (!window.wanted(conversation)) continue;
    found.push(conversation);
    if (found.length > limit) break;
  }
  const more = found.length > limit;
  const shown = found.slice(0, limit);
  if (!window.older) shown.reverse();
  const [first, last] = [shown[0], shown.at(-1)];
  const turnedBack = cursor !== undefined;
  return {
    interactions: shown.map(publicConversation),
    hasMore: more,
    nextCursor: last !== undefined && (window.older ? more : turnedBack) ? encode(last) : null,
    prevCursor: first !== undefined && (window.older ? turnedBack : more) ? encode(first) : null,
  };
}

function parse(query: Query, workspace: string | undefined, lifts: Lifts): Window {
  const until = integer(query, 'until') ?? Math.floor(now());
  const since = integer(query, 'since') ?? until - 7 * DAY_MS;
  if (since >= until) throw new ApiError(400, 'since must be before until');
  if (until - since > 90 * DAY_MS) throw new ApiError(400, 'The window must not be longer than 90 days');
  const direction = text(query, 'direction') ?? 'next';
  if (direction !== 'next' && direction !== 'previous') throw new ApiError(400, 'direction must be next or previous');
  const agentId = text(query, 'agentId');
  const sources = texts(query, 'source', lifts);
  const channels = texts(query, 'channel', lifts);
  return {
    since,
    until,
    limit: limitOf(query, lifts),
    older: direction === 'next' || lifts('ignore-direction'),
    ...cursorOf(text(query, 'cursor'), lifts),
    wanted: (conversation) =>
      (workspace === undefined || workspace === conversation.workspace) &&
      (agentId === undefined || agentId === conversation.botId) &&
      (sources?.includes(conversation.source) ?? true) &&
      (channels?.includes(conversation.channel) ?? true),
  };
}

function limitOf(query: Query, lifts: Lifts): number {
  const limit = integer(query, 'limit') ?? DEFAULT_LIMIT;
  if (limit === 0 && lifts('accept-limit-zero')) return DEFAULT_LIMIT;
  if (limit > HIGHEST_LIMIT && lifts('cap-limit')) return HIGHEST_LIMIT;
  const isRefused = limit === HIGHEST_LIMIT && lifts('refuse-highest-limit');
  if (limit < 1 || limit > HIGHEST_LIMIT || isRefused) throw new ApiError(400, 'limit must be from 1 to 100');
  return limit === HIGHEST_LIMIT && lifts('halve-limit') ? HIGHEST_LIMIT / 2 : limit;
}

function text(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new ApiError(400, `${name} must be given once`);
}

/** Comma-separated, repeated, or both. */
function texts(query: Query, name: string, lifts: Lifts): string[] | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  const given = [value].flat().map(String);
  const kept = given.length > 1 && lifts('first-of-repeated') ? given.slice(0, 1) : given;
  if (!kept.some((one) => one.includes(','))) return kept;
  if (lifts('ignore-lists')) return undefined;
  return lifts('whole-lists') ? kept : kept.flatMap((one) => one.split(','));
}

function integer(query: Query, name: string): number | undefined {
  const value = text(query, name);
  if (value === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(value)) throw new ApiError(400, `${name} must be an integer`);
  return Number(value);
}

function encode({ latestAt, order }: Conversation): string {
  return Buffer.from(`c:${latestAt}:${order}`).toString('base64url');
}

function cursorOf(cursor: string | undefined, lifts: Lifts): Pick<Window, 'cursor' | 'offset'> {
  const isCounted = lifts('offset-cursors');
  const start = { cursor: undefined, offset: isCounted ? 0 : undefined };
  if (cursor === undefined) return start;
  const said = Buffer.from(cursor, 'base64url').toString();
  const [, at, order] = /^c:(-?\d{1,16}):(\d{1,15})$/.exec(said) ?? [];
  const [, offset] = /^o:(\d{1,15})$/.exec(said) ?? [];
  if (isCounted && offset !== undefined) return { cursor: undefined, offset: Number(offset) };
  if (!isCounted && at !== undefined) return { cursor: { at: Number(at), order: Number(order) }, offset: undefined };
  if (lifts('accept-any-cursor')) return start;
  throw new ApiError(400, 'cursor is invalid');
}

/** A page by the number of conversations before it, which moves with each that comes to the front. */
function offsetPage(timeline: Timeline, { since, until, limit, older, wanted }: Window, offset: number): Page {
  const all = [...timeline.descending(since, until)].filter(wanted);
  const from = older ? offset : Math.max(0, offset - limit);
  const to = older ? offset + limit : offset;
  const cursor = (count: number) => Buffer.from(`o:${count}`).toString('base64url');
  return {
    interactions: all.slice(from, to).map(publicConversation),
    hasMore: older ? to < all.length : from > 0,
    nextCursor: to < all.length ? cursor(to) : null,
    prevCursor: from > 0 ? cursor(from) : null,
  };
}
