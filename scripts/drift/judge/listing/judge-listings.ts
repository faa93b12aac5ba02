import type { Sighting } from '../../sighting.ts';
import type { RunView } from '../run-view.ts';
import { judgeBelonging } from './judge-belonging.ts';
import { judgeForeignListed, judgeRemovedListed } from './judge-listed-conversations.ts';
import { judgeListedEvents } from './judge-listed-events.ts';
import { judgePage } from './judge-page.ts';
import { judgePageQuery } from './judge-page-query.ts';
import { judgeWalk } from './judge-walk.ts';
import { pagesOf } from './pages.ts';

/** Listings: each page by itself, walks over pages, and whose conversations they show. */
export function judgeListings(view: RunView): Sighting[] {
  const pages = pagesOf(view);
  const walks = view.run.plan.chains.flatMap(({ id, steps }) =>
    steps.some((step) => step.do === 'page') ? [pages.filter(({ probe }) => probe.chain.id === id)] : [],
  );
  const ownAgent = ownAgentOf(view);
  return [
    ...pages.flatMap((page) => [...judgePage(page), ...judgePageQuery(page, ownAgent)]),
    ...judgeRemovedListed(view, pages),
    ...judgeListedEvents(view, pages),
    ...judgeBelonging(view, pages),
    ...judgeForeignListed(view, pages),
    ...walks.flatMap((walk) => judgeWalk(view, walk)),
  ];
}

/** The agent that a listing must show something of: the check began conversations with it. */
function ownAgentOf({ run: { plan }, started }: RunView): string | undefined {
  const hasBegun = plan.chains.some(({ id, steps: [first] }) => first?.turn?.role === 'user' && started.has(id));
  return hasBegun ? plan.target.botId : undefined;
}
