import { rule } from './rule.ts';

/** Rules on listings of conversations and agents. */
export const LISTING_RULES = {
  notListed: rule('conversation-not-listed', 'behavioural', 'List conversations shows the conversation of every turn.'),
  listedOtherwise: rule(
    'listed-otherwise',
    'behavioural',
    'List conversations shows every event of a turn as in the answer.',
  ),
  removedListed: rule('removed-listed', 'behavioural', 'A removed conversation is also removed from listings.'),
  foreignListed: rule(
    'foreign-data-listed',
    'critical',
    "A listing never shows another workspace's conversation or agent.",
  ),
  pagingRepeats: rule('paging-repeats', 'behavioural', 'Paging shows each conversation once.'),
  pagingGap: rule('paging-gap', 'behavioural', 'Paging shows every conversation that existed when it started.'),
  pagingEndless: rule('paging-endless', 'behavioural', 'Paging ends: no next page is empty.'),
  pagingCursor: rule(
    'paging-cursor-missing',
    'behavioural',
    'A page with hasMore has a cursor to the next page, and every page but the first has a cursor to the previous one.',
  ),
  pagingBack: rule(
    'paging-back-differs',
    'behavioural',
    'The previous page is the one that was shown before the next one.',
  ),
  pagingLimit: rule(
    'paging-limit-exceeded',
    'behavioural',
    'A page has at most the requested number of conversations.',
  ),
  listWindow: rule(
    'listing-window',
    'behavioural',
    'A listing contains the conversations whose latest message lies between since and until.',
  ),
  listFilter: rule('listing-filter', 'behavioural', 'A listing contains what matches its filter, and nothing else.'),
  listOrder: rule('listing-order', 'behavioural', 'Listings show the conversation with the latest message first.'),
  agentsRepeat: rule('agents-repeat', 'behavioural', 'List agents shows each agent once.'),
  agentAltered: rule('agent-altered', 'behavioural', 'An agent was created once: every listing shows the same time.'),
  agentMissing: rule('agent-missing', 'behavioural', 'List agents shows the agent that answers.'),
} as const;
