import { describe, expect, it } from 'vitest';
import type { ConversationPage } from '../../../../contracts/generated/conversation-page.ts';
import { judgePageQuery } from '../../../../scripts/drift/judge/listing/judge-page-query.ts';
import type { Probe } from '../../../../scripts/drift/sighting.ts';

const NOBODY = 'ffffffff-0000-4000-8000-000000000000';
const NOW = 1_770_000_000_000;

const OWN = { agent: 'own', sources: ['api'], channels: ['chat', 'web'] };

const rules = (query: string, times: readonly (number | string | readonly number[])[]): string[] => {
  const probe = { exchange: { url: `/v2/hc-interactions/public?limit=20&${query}` } } as Probe;
  const interactions = times.map((given) => {
    const [createdAt, ...messages] = Array.isArray(given) ? given : [given];
    return { createdAt, source: 'api', channel: 'chat', events: messages.map((at) => ({ createdAt: at })) };
  }) as unknown as ConversationPage['interactions'];
  const page = { interactions, hasMore: false, nextCursor: null, prevCursor: null };
  return judgePageQuery({ probe, page }, OWN).map(({ rule }) => rule);
};

describe('a page against its query', () => {
  it.each([
    ['inside of the window', `since=${NOW}&until=${NOW + 1_000}`, [NOW + 500], []],
    ['at both ends', `since=${NOW}&until=${NOW + 1_000}`, [NOW + 1_000, NOW], []],
    ['as far off as clocks are', `since=${NOW}`, [NOW - 5_000], []],
    ['before since', `since=${NOW}`, [NOW, NOW - 5_001], ['listing-window']],
    ['after until', `since=${NOW}&until=${NOW}`, [NOW + 5_001], ['listing-window']],
    ['before since, in ISO 8601', `since=${NOW}`, [new Date(NOW - 60_000).toISOString()], ['listing-window']],
    ['of an old conversation with a late message', `since=${NOW}`, [[NOW - 60_000, NOW - 60_000, NOW + 1]], []],
    ['of a late message after until', `until=${NOW}`, [[NOW - 1_000, NOW - 1_000, NOW + 5_001]], ['listing-window']],
    ['in seconds', `since=${NOW}`, [[NOW / 1_000, NOW]], ['listing-window']],
    ['without a window', 'direction=next', [0, NOW], []],
    ['of nobody', `agentId=${NOBODY}`, [NOW], ['listing-filter']],
    ['of no source', 'source=no-such-source', [NOW], ['listing-filter']],
    ['of a source and of no channel', 'source=api&channel=no-such-channel', [NOW], ['listing-filter']],
    ['empty, of a source and of no channel', 'source=api&channel=no-such-channel', [], []],
    ['of the own agent', 'agentId=own', [NOW], []],
    ['empty, where the own agent has answered', 'agentId=own', [], ['listing-filter']],
    ['empty after a cursor, where the own agent has answered', 'agentId=own&cursor=x', [], []],
    ['of known sources', 'source=api,replay', [NOW], []],
    ['empty, where own conversations have the source', 'source=api,replay', [], ['listing-filter']],
    ['of another source', 'source=replay', [NOW], ['listing-filter']],
    ['of sources that are named one by one', 'source=replay&source=api', [NOW], []],
    ['empty, where one of them is the own one', 'source=replay&source=api&source=testsuite', [], ['listing-filter']],
    ['of none of them', 'source=replay&source=testsuite', [NOW], ['listing-filter']],
    ['of the own channel', 'channel=chat', [NOW], []],
    ['of another channel', 'channel=web', [NOW], ['listing-filter']],
    ['of a channel that may be shown by another name', 'channel=widget', [NOW], []],
    ['empty, where own conversations have the channel', 'channel=chat', [], ['listing-filter']],
    ['empty, as it should be', 'channel=no-such-channel', [], []],
  ])('%s', (_, query, times, expected) => {
    expect(rules(query, times)).toEqual(expected);
  });
});
