import { expectation } from '../expectations.ts';
import { maker, onConversation, onPage, onShown } from './changes.ts';
import { good, type Json, list, type Mutation } from './mutation.ts';
import { relisted } from './relisting.ts';

const made = maker('integration-listing');

const LISTING = /^#\/listing/;
const shown = (name: string) => new RegExp(`^#/(listing|readback|responses/[^/]+/body).*/${name}$`);
const AGENTS = /^#\/(agents|responses\/[^/]+\/body)/;

/** The last of the rows with which a page has as many events as its limit. */
function fittingEvents(rows: readonly Json[], limit: number): number {
  let [fit, events] = [0, 0];
  for (const one of rows) {
    if (events >= limit) break;
    events += list(one.events).length;
    fit += 1;
  }
  return fit;
}

/** How listings mean their parameters, and what the conversations and agents in them say of themselves. */
export const INTEGRATION_LISTINGS: readonly Mutation[] = [
  relisted(
    {
      id: 'integration-listing-by-creation',
      title: 'conversations are listed by their creation, not by their latest message',
      expected: expectation('behavioural', LISTING),
    },
    { rows: (all) => [...all].sort((a, b) => Number(b.createdAt) - Number(a.createdAt)) },
  ),
  relisted(
    {
      id: 'integration-listing-limit-of-events',
      title: 'limit counts events, not conversations',
      expected: expectation('behavioural', LISTING),
    },
    { fitting: fittingEvents },
  ),
  relisted(
    {
      id: 'integration-listing-source-excluded',
      title: 'source names what is not wanted',
      expected: expectation('behavioural', LISTING),
    },
    {
      hides: ['source'],
      rows: (all, { query }) => {
        const sources = query.getAll('source').flatMap((one) => one.split(','));
        return all.filter(({ source }) => !sources.includes(String(source)));
      },
    },
  ),
  made(
    'since-seconds',
    'since is read as seconds: nothing is as late as that',
    expectation('behavioural', LISTING),
    onPage((page, { query }) => {
      if (query.has('since'))
        Object.assign(page, { interactions: [], hasMore: false, nextCursor: null, prevCursor: null });
    }),
  ),
  made(
    'no-way-back',
    'prevCursor is null on each page',
    expectation('behavioural', /^#\/(listing|responses\/[^/]+\/body\/prevCursor)/),
    onPage((page) => Object.assign(page, { prevCursor: null })),
  ),
  made(
    'own-articles-none',
    'a conversation has no usedArticles of its own, though its events have',
    expectation('behavioural', shown('usedArticles')),
    onShown((one) => Object.assign(one, { usedArticles: [] })),
  ),
  made(
    'feedback-always',
    'hasFeedback is true, though no event has any',
    expectation('behavioural', shown('hasFeedback')),
    onShown((one) => Object.assign(one, { hasFeedback: true })),
  ),
  made(
    'began-again',
    'createdAt of a conversation moves on to its latest event',
    expectation('behavioural', shown('createdAt')),
    onShown((one) => Object.assign(one, { createdAt: list(one.events).at(-1)?.createdAt ?? one.createdAt })),
  ),
  made(
    'status-of-two-stores',
    'Get says that a conversation is closed, listings that it is open',
    expectation('behavioural', shown('status')),
    onConversation((one) => Object.assign(one, { status: 'closed' })),
  ),
  made(
    'agent-twice',
    'the newest agent is listed twice',
    expectation('behavioural', AGENTS),
    good('agents', (body: Json[]) => [...body.slice(0, 1), ...body]),
  ),
  made(
    'agent-newest-missing',
    'the newest agent, which answers, is not listed',
    expectation('behavioural', AGENTS),
    good('agents', (body: Json[]) => body.slice(1)),
  ),
];
