import type { Sighting } from '../../sighting.ts';
import type { RunView } from '../run-view.ts';
import { judgeBack } from './judge-back.ts';
import { judgeBelonging } from './judge-belonging.ts';
import { judgeComplete } from './judge-complete.ts';
import { judgeForeignListed, judgeRemovedListed } from './judge-listed-conversations.ts';
import { judgeListedEvents } from './judge-listed-events.ts';
import { judgePage } from './judge-page.ts';
import { judgePageQuery, type Own } from './judge-page-query.ts';
import { judgeWalk } from './judge-walk.ts';
import { type Page, pagesOf } from './pages.ts';

/** Listings: each page by itself, walks over pages, and whose conversations they show. */
export function judgeListings(view: RunView): Sighting[] {
  const pages = pagesOf(view);
  const walks = view.run.plan.chains.flatMap(({ id, steps }) =>
    steps.some((step) => step.do === 'page' && !step.path.includes('agentId='))
      ? [pages.filter(({ probe }) => probe.chain.id === id)]
      : [],
  );
  const own = ownOf(view, pages);
  return [
    ...pages.flatMap((page) => [...judgePage(page), ...judgePageQuery(page, own)]),
    ...judgeRemovedListed(view, pages),
    ...judgeListedEvents(view, pages),
    ...judgeBelonging(view),
    ...judgeForeignListed(view, pages),
    ...judgeBack(view, pages),
    ...judgeComplete(view, pages),
    ...walks.flatMap((walk) => judgeWalk(view, walk)),
  ];
}

/** What a listing must show something of: the check began conversations with it. */
function ownOf({ run: { plan }, started }: RunView, pages: readonly Page[]): Own {
  const hasBegun = plan.chains.some(({ id, steps: [first] }) => first?.turn?.role === 'user' && started.has(id));
  const ids = new Set(started.values());
  const own = pages.flatMap(({ page }) => page.interactions.filter(({ id }) => ids.has(id)));
  return {
    agent: hasBegun ? plan.target.botId : undefined,
    sources: [...new Set(own.flatMap(({ source }) => source ?? []))],
    channels: [...new Set(own.flatMap(({ channel }) => channel ?? []))],
  };
}
