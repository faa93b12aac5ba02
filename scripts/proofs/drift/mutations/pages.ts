import { BODY, expectation } from '../expectations.ts';
import { each, maker, onConversation, onPage } from './changes.ts';
import { events, good, type Json, list, type Mutation } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const listing = expectation('behavioural', /^#\/(listing|agents)/);
const readback = expectation('behavioural', /^#\/(readback|sequence)/);
const made = maker('new');

/** Conversations and listings that show something else. */
export const PAGES: readonly Mutation[] = [
  made(
    'list-oldest',
    'conversations oldest first',
    listing,
    onPage((body) => Object.assign(body, { interactions: [...list(body.interactions)].reverse() })),
  ),
  made(
    'list-twice',
    'each conversation twice in a page',
    listing,
    onPage((body) => Object.assign(body, { interactions: list(body.interactions).flatMap((one) => [one, one]) })),
  ),
  made(
    'list-hides-notes',
    'conversations without a user are not listed',
    listing,
    onPage((body) =>
      Object.assign(body, {
        interactions: list(body.interactions).filter(({ events: own }) =>
          list(own).some(({ role }) => role === 'user'),
        ),
      }),
    ),
  ),
  made(
    'list-event-cap',
    'two events of a conversation at most are listed',
    listing,
    onPage((body) =>
      each(list(body.interactions), (one) => Object.assign(one, { events: list(one.events).slice(0, 2) })),
    ),
  ),
  made(
    'list-unix',
    "conversations' createdAt in seconds",
    expectation('behavioural', /createdAt$/),
    onPage((body) =>
      each(list(body.interactions), (one) =>
        Object.assign(one, { createdAt: Math.floor(Number(one.createdAt) / 1_000) }),
      ),
    ),
  ),
  made(
    'list-has-more',
    'hasMore is a count',
    breaking,
    onPage((body) => Object.assign(body, { hasMore: body.hasMore === true ? 1 : 0 })),
  ),
  made(
    'list-cursor-object',
    'cursors as objects',
    breaking,
    onPage((body) => Object.assign(body, { nextCursor: { after: 'x' } })),
  ),
  made(
    'get-newest',
    'Get shows events newest first',
    readback,
    onConversation((body) => Object.assign(body, { events: [...list(body.events)].reverse() })),
  ),
  made(
    'get-no-replies',
    'Get shows no replies',
    readback,
    onConversation((body) =>
      Object.assign(body, { events: list(body.events).filter(({ role }) => role !== 'finibot') }),
    ),
  ),
  made(
    'get-dates-now',
    'Get dates events by the time of the request',
    readback,
    events('get', (one) => Object.assign(one, { createdAt: Date.now() })),
  ),
  made(
    'get-status-null',
    'a conversation without source',
    breaking,
    onConversation((body) => delete body.source),
  ),
  made(
    'get-events-missing',
    'a conversation without its events',
    breaking,
    onConversation((body) => delete body.events),
  ),
  made(
    'agents-epoch-text',
    "agents' createdAt as epoch in text",
    breaking,
    good('agents', (body: Json[]) => each(body, (one) => Object.assign(one, { createdAt: '1770000000000' }))),
  ),
  made(
    'agents-hidden',
    'the agent that answers is not listed',
    listing,
    good('agents', (body: Json[]) => body.slice(0, 0)),
  ),
  made(
    'agents-object',
    'agents by id',
    breaking,
    good('agents', (body: Json[]) => Object.fromEntries(body.map((one) => [String(one.id), one]))),
  ),
];
