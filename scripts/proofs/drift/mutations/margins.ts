import { expectation, HEADER } from '../expectations.ts';
import { drawn } from './allowance.ts';
import { asked, everywhere, maker, onShown } from './changes.ts';
import { allPairs, replies } from './dialogues.ts';
import { list, type Mutation, type ProxyRequest } from './mutation.ts';
import { at, both, onErrors } from './novelty.ts';

const made = maker('margin');

const UNKNOWN_PATH = '/v2/hc-interactions/00000000-0000-4000-8000-000000000000/public';
const VERIFY = 'Before I can help, please tell me the e-mail address of your account.';
const FURTHER = 'Is there anything else that I can do for you?';
const SPOKEN = expectation('statistical', /\/message$|^#\/distribution/);
const share = (id: unknown, of: number): number => drawn(`margin ${id}`, of);
/** Requests that a gateway keeps from the service. */
const kept = new WeakSet<ProxyRequest>();

/** What is new beside the old, and what only all answers together show. Written before any was run. */
export const MARGINS: readonly Mutation[] = [
  made(
    'first-response',
    'conversations say how long their first reply took',
    at('additive', 'firstResponseMs'),
    both(
      onShown((one) => Object.assign(one, { firstResponseMs: null })),
      onShown((one) => {
        const events = list(one.events);
        const place = events.findIndex(({ role }, index) => role === 'finibot' && events[index - 1]?.role === 'user');
        if (place > 0) one.firstResponseMs = Number(events[place]?.createdAt) - Number(events[place - 1]?.createdAt);
      }),
    ),
  ),
  made(
    'in-reply-to',
    'events say which event they answer',
    at('additive', 'inReplyTo'),
    both(
      everywhere((one) => Object.assign(one, { inReplyTo: null })),
      allPairs((question, reply) => Object.assign(reply, { inReplyTo: question.id })),
    ),
  ),
  made(
    'errors-dated',
    'errors say when they happened',
    at('additive', 'timestamp'),
    onErrors((body) => Object.assign(body, { timestamp: new Date().toISOString() })),
  ),
  made(
    'limit-header',
    'a header names the limit that a page was made with',
    expectation('additive', HEADER),
    (response, { operation, query }) => {
      if (operation === 'list' && response.status === 200)
        response.headers['x-applied-limit'] = query.get('limit') ?? '50';
    },
  ),
  {
    ...made(
      'reply-offers-more',
      'two thirds of the replies end with the offer of further help',
      SPOKEN,
      replies((text, { id }) => (share(id, 3) < 2 ? `${text} ${FURTHER}` : text)),
    ),
    isDistribution: true,
  },
  made(
    'reply-verifies',
    'two fifths of the replies ask for the address of the account in place of an answer',
    SPOKEN,
    replies((text, { id }) => (share(id, 5) < 2 ? VERIFY : text)),
  ),
  asked(
    made(
      'removals-503',
      '503 for every third removal of a conversation, which stays',
      expectation('statistical', /availability/),
      (response, request) => {
        if (!kept.has(request)) return;
        response.status = 503;
        response.body = { statusCode: 503, message: 'Please try again', error: 'Service Unavailable' };
      },
    ),
    (request, memory) => {
      if (request.operation !== 'delete' || request.body !== undefined) return undefined;
      const count = Number(memory.get('removals') ?? 0) + 1;
      memory.set('removals', count);
      if (count % 3 !== 0) return undefined;
      kept.add(request);
      return { path: UNKNOWN_PATH };
    },
  ),
];
