import type { CheckedTurn, TurnResponse } from './answer.ts';
import { codingOf } from './content-coding.ts';
import type { Article, Event } from './generated/event.ts';
import { isJson } from './media-type.ts';
import { REFERENCE_MARK } from './reference.ts';
import { isBlank, isSuspect } from './reply.ts';
import { NIL_UUID } from './rules/event-nil-id.ts';
import { SKEW_MS } from './rules/timestamp-skew.ts';

const EVENT_KEYS = 14;
const ARTICLE_KEYS = 3;
/** Of more articles each is compared with all others elsewhere, in linear time. */
const FEW_ARTICLES = 50;

/**
 * Whether an answer certainly keeps every promise of the contract. Straight-line code for the common case, since it runs on
 * every answer; `false` only means that the rules have to look. What it accepts no rule refuses (a property test).
 */
export function isSound(turn: CheckedTurn, { body, headers, events }: TurnResponse): boolean {
  if (events === undefined || turn.keyShown === true || !isJson(headers['content-type'])) return false;
  if (headers['content-encoding'] !== undefined && codingOf(headers['content-encoding'], body, true) !== 'plain')
    return false;
  const stored = events[0];
  const reply = events[1];
  if (stored === undefined || stored.role !== turn.role || stored.message !== turn.content) return false;
  if (stored.usedArticles.length > 0 || !isSoundEvent(turn, stored)) return false;
  if (turn.role !== 'user') return events.length === 1 && isSoundText(body, EVENT_KEYS);
  if (events.length !== 2 || reply === undefined || reply.role !== 'finibot' || reply.id === stored.id) return false;
  if (reply.createdAt < stored.createdAt || !isSoundEvent(turn, reply) || isDoubtful(reply.message)) return false;
  return (
    areSoundArticles(reply.usedArticles) && isSoundText(body, 2 * EVENT_KEYS + ARTICLE_KEYS * reply.usedArticles.length)
  );
}

function isSoundEvent(turn: CheckedTurn, { id, createdAt, externalCreatedAt }: Event): boolean {
  return isTimely(createdAt, turn.sentAt, turn.settledAt) && externalCreatedAt === null && id !== NIL_UUID;
}

/** Whether an event was certainly created while its turn was in flight. */
export const isTimely = (createdAt: number, sentAt: number, settledAt: number): boolean =>
  createdAt >= sentAt - SKEW_MS && createdAt <= settledAt + SKEW_MS;

/** Whether a reply may be empty, or show what no customer should see. */
export function isDoubtful(reply: string): boolean {
  return isBlank(reply) || isSuspect(reply) || reply.includes(REFERENCE_MARK);
}

function areSoundArticles(articles: readonly Article[]): boolean {
  if (articles.length > FEW_ARTICLES) return false;
  for (let index = 0; index < articles.length; index++) {
    const { id, title } = articles[index] as Article;
    if (title.trim() === '') return false;
    for (let other = 0; other < index; other++) if (articles[other]?.id === id) return false;
  }
  return true;
}

/**
 * No character that UTF-8 cannot carry, and as many quote-colon pairs as there are documented keys: then no object has an
 * unknown key, or a key twice. Messages with such pairs only cost a closer look.
 */
function isSoundText(body: string, keys: number): boolean {
  if (body.includes('\uFFFD')) return false;
  if (body.includes('\\u') && (body.includes('\\ud') || body.includes('\\uD'))) return false;
  return body.split('":').length === keys + 1;
}
