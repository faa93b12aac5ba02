import { hash } from 'node:crypto';
import { type Reference, referencesIn } from '../../contracts/reference.ts';

/** An event as the service has it, without its text: what customers said is not kept a second time. */
export interface StoredEvent {
  readonly id: string;
  readonly role: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** `messageHash` of its message. */
  readonly hash: string;
  readonly references: readonly Reference[];
}

export interface StoredConversation {
  readonly id: string;
  /** In the order in which the service shows them. */
  readonly events: readonly StoredEvent[];
}

/** The ledger keeps as many digits of a reply's SHA-256. */
const HASH_DIGITS = 16;

export function messageHash(message: string): string {
  return hash('sha256', message, 'hex').slice(0, HASH_DIGITS);
}

/** What is needed of a conversation as Get and List show it; undefined for anything that is none. */
export function storedConversation(value: unknown): StoredConversation | undefined {
  if (!isRecord(value) || typeof value.id !== 'string' || !Array.isArray(value.events)) return undefined;
  const events = value.events.map(storedEvent);
  return events.every((event) => event !== undefined) ? { id: value.id, events } : undefined;
}

function storedEvent(value: unknown): StoredEvent | undefined {
  if (!isRecord(value)) return undefined;
  const { id, role, createdAt, message } = value;
  if (typeof id !== 'string' || typeof message !== 'string') return undefined;
  return {
    id,
    role: typeof role === 'string' ? role : '',
    createdAt: typeof createdAt === 'object' ? Number.NaN : Number(createdAt),
    hash: messageHash(message),
    references: referencesIn(message),
  };
}

/** A page of List conversations. */
export interface StoredPage {
  readonly conversations: readonly StoredConversation[];
  /** Of the next older page, where there is one. */
  readonly cursor: string | undefined;
  /** Whether all that it lists are conversations. */
  readonly readable: boolean;
  /** There are older ones, but no cursor leads to them. */
  readonly isCut: boolean;
}

export function storedPage(value: unknown): StoredPage | undefined {
  const page = listedPage(value);
  if (page === undefined) return undefined;
  const conversations = page.conversations.map(storedConversation).filter((it) => it !== undefined);
  return { ...page, conversations, readable: conversations.length === page.conversations.length };
}

/** A page of List conversations, whatever it lists; undefined for anything that is none. */
export function listedPage(
  value: unknown,
): (Pick<StoredPage, 'cursor' | 'isCut'> & { readonly conversations: readonly unknown[] }) | undefined {
  if (!isRecord(value) || !Array.isArray(value.interactions)) return undefined;
  const { interactions, hasMore, nextCursor } = value;
  const cursor = hasMore === true && typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : undefined;
  return { conversations: interactions, cursor, isCut: hasMore === true && cursor === undefined };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
