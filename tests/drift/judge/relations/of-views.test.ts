import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import type { ShownConversation } from '../../../../scripts/drift/judge/readback/shown-conversations.ts';
import { ofViews } from '../../../../scripts/drift/judge/relations/of-views.ts';
import { conversation, exchangeOf, found, page, read, turn, viewOf } from '../../made-run.ts';

const GOLD = { userAttributes: { tier: 'gold' } };

/** A request with this query shows a conversation so; without one it is read. */
type View = readonly [query: string | undefined, change: Partial<Conversation>];

/** What does not hold of a conversation that is found, and then shown by requests. */
function broken(views: readonly View[]): string[] {
  const events = exchangeOf(0);
  const whole = (change: Partial<Conversation>) => conversation(0, events, { ...GOLD, ...change } as never);
  const view = viewOf([[turn(0, events), found(page([whole({})])), ...views.map(([, change]) => read(whole(change)))]]);
  const [listed, ...others] = view.shown;
  const shown = others.map((one, index): ShownConversation => {
    const query = views[index]?.[0];
    if (query === undefined) return one;
    const exchange = { ...one.probe.exchange, url: `/api/v2/conversations?${query}` };
    return { ...one, probe: { ...one.probe, operation: 'list-conversations', exchange } };
  });
  const all = listed === undefined ? shown : [listed, ...shown];
  return [...ofViews(all)].filter(({ holds }) => !holds).map(({ name }) => name);
}

describe('a conversation by two kinds of requests', () => {
  const none = { userAttributes: {} } as Partial<Conversation>;
  const some = 'where it has some';

  it.each<[string, View[], string[]]>([
    ['the same', [[undefined, {}]], []],
    ['the same on a further page', [['limit=5&cursor=c', {}]], []],
    [
      'without attributes on a further page',
      [['limit=5&cursor=c', none]],
      [`userAttributes on a further page is as elsewhere, ${some}`],
    ],
    [
      'without attributes in a filtered listing',
      [['channel=web', none]],
      [`userAttributes in a filtered listing is as elsewhere, ${some}`],
    ],
    ['another one in a listing of the same kind', [['limit=5&since=1', none]], []],
    [
      'otherwise when it is read',
      [[undefined, { status: 'closed' } as Partial<Conversation>]],
      [`status when it is read is as elsewhere, ${some}`],
    ],
  ])('is %s', (_, views, expected) => expect(broken(views)).toEqual(expected));
});
