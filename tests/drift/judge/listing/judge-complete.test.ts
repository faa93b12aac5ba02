import { describe, expect, it } from 'vitest';
import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { judgeComplete } from '../../../../scripts/drift/judge/listing/judge-complete.ts';
import { pagesOf } from '../../../../scripts/drift/judge/listing/pages.ts';
import { findStep } from '../../../../scripts/drift/plan/steps.ts';
import { BOT, conversation, exchangeOf, found, lines, type Made, NOW, page, turn, viewOf } from '../../made-run.ts';

const events = exchangeOf(0);
const own = conversation(0, events);
const CHAIN: Made[] = [turn(0, events), found(page([own]))];
const LATER = 10_000;

function judge(
  query: string,
  shown: readonly (typeof own)[],
  more: Parameters<typeof page>[1] = {},
  at = LATER,
): string[] {
  const step = { ...findStep(), do: 'send', kind: 'LP', path: `${CONVERSATIONS_PATH}?${query}` } as Made['step'];
  const view = viewOf([CHAIN, [{ step, body: page(shown, more), at }]], [1, 2]);
  return lines(judgeComplete(view, pagesOf(view)));
}
const MISSED = ['listing-filter #/listing/interactions'];

describe('a listing without a further page', () => {
  it.each<[string, string, string[]]>([
    ['of all', '', MISSED],
    ['until tomorrow', `until=${NOW + 86_400_000}`, MISSED],
    ['of the agent', `agentId=${BOT}`, MISSED],
    ['of another agent', 'agentId=other', []],
    ['of its source', 'source=testsuite,api', MISSED],
    ['of another source', 'source=replay', []],
    ['since a minute later', `since=${NOW + 60_000}`, []],
    ['until a minute before', `until=${NOW - 60_000}`, []],
    ['of a channel', 'channel=chat', []],
    ['from a cursor', 'cursor=x', []],
  ])('%s lacks a conversation', (_, query, expected) => {
    expect(judge(query, [])).toEqual(expected);
    if (!query.includes('agentId=other')) expect(judge(query, [own])).toEqual([]);
  });

  it('of the channel that a conversation is shown with lacks it', () => {
    const named = conversation(0, events, { channel: 'chat' });
    const step = { ...findStep(), do: 'send', kind: 'LP', path: `${CONVERSATIONS_PATH}?channel=chat` } as Made['step'];
    const judged = (shown: readonly (typeof own)[]): string[] => {
      const chain = [turn(0, events), found(page([named]))];
      const view = viewOf([chain, [{ step, body: page(shown), at: LATER }]], [1, 2]);
      return lines(judgeComplete(view, pagesOf(view)));
    };
    expect(judged([])).toEqual(MISSED);
    expect(judged([named])).toEqual([]);
  });

  it('is not judged while replicas may differ, or where there is more', () => {
    expect(judge('', [], {}, 2_000)).toEqual([]);
    expect(judge('', [], { hasMore: true, nextCursor: 'c' })).toEqual([]);
  });

  it('of an agent shows no conversation of another one', () => {
    expect(judge('agentId=another', [own])).toEqual(MISSED);
    expect(judge(`agentId=${BOT}`, [own])).toEqual([]);
  });
});
