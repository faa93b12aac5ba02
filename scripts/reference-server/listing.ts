import { ApiError } from './api-error.ts';
import { now } from './clock.ts';
import { type Conversation, publicConversation } from './conversation.ts';
import type { Store } from './store.ts';
import type { Position } from './timeline.ts';

const DAY_MS = 86_400_000;

interface Window {
  readonly since: number;
  readonly until: number;
  readonly limit: number;
  readonly older: boolean;
  /** Where a cursor stands. */
  readonly cursor: Position | undefined;
  readonly wanted: (conversation: Conversation) => boolean;
}

/** A page of conversations, those with the latest messages first. */
export interface Page {
  interactions: ReturnType<typeof publicConversation>[];
  hasMore: boolean;
  nextCursor: string | null;
  prevCursor: string | null;
}

/** List conversations of a workspace (undefined: of all); throws 400 for a query that the reference refuses. */
export function listConversations(
  { timeline }: Store,
  workspace: string | undefined,
  query: Readonly<Record<string, unknown>>,
): Page {
  const window = parse(query, workspace);
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

function parse(query: Readonly<Record<string, unknown>>, workspace: string | undefined): Window {
  const until = integer(query, 'until') ?? Math.floor(now());
  const since = integer(query, 'since') ?? until - 7 * DAY_MS;
  if (since >= until) throw new ApiError(400, 'since must be before until');
  if (until - since > 90 * DAY_MS) throw new ApiError(400, 'The window must not be longer than 90 days');
  const limit = integer(query, 'limit') ?? 50;
  if (limit < 1 || limit > 100) throw new ApiError(400, 'limit must be from 1 to 100');
  const direction = text(query, 'direction') ?? 'next';
  if (direction !== 'next' && direction !== 'previous') throw new ApiError(400, 'direction must be next or previous');
  const agentId = text(query, 'agentId');
  const sources = texts(query, 'source');
  const channels = texts(query, 'channel');
  return {
    since,
    until,
    limit,
    older: direction === 'next',
    cursor: decode(text(query, 'cursor')),
    wanted: (conversation) =>
      (workspace === undefined || workspace === conversation.workspace) &&
      (agentId === undefined || agentId === conversation.botId) &&
      (sources?.includes(conversation.source) ?? true) &&
      (channels?.includes(conversation.channel) ?? true),
  };
}

function text(query: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new ApiError(400, `${name} must be given once`);
}

/** Comma-separated, repeated, or both. */
function texts(query: Readonly<Record<string, unknown>>, name: string): string[] | undefined {
  const value = query[name];
  return value === undefined ? undefined : [value].flat().flatMap((one) => String(one).split(','));
}

function integer(query: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = text(query, name);
  if (value === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(value)) throw new ApiError(400, `${name} must be an integer`);
  return Number(value);
}

function encode({ latestAt, order }: Conversation): string {
  return Buffer.from(`c:${latestAt}:${order}`).toString('base64url');
}

function decode(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const parts = /^c:(-?\d{1,16}):(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (parts === null) throw new ApiError(400, 'cursor is invalid');
  return { at: Number(parts[1]), order: Number(parts[2]) };
}
