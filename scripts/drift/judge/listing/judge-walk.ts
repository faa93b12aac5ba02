import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import type { RunView } from '../run-view.ts';
import type { Page } from './pages.ts';

/** A walk from the first page to the last: nothing twice, nothing left out, and an end. */
export function judgeWalk(view: RunView, walk: readonly Page[]): Sighting[] {
  const repeats = judgeRepeats(walk);
  return repeats.length > 0 ? repeats : judgeGap(view, walk);
}

function judgeRepeats(walk: readonly Page[]): Sighting[] {
  const seen = new Set<string>();
  for (const { probe, page } of walk) {
    const index = page.interactions.findIndex(({ id }) => seen.has(id));
    // Within a page it is the page's own sighting.
    if (index >= 0) {
      const place = `/listing/interactions/${index}/id`;
      const value = page.interactions[index]?.id;
      return [sighting({ rule: DRIFT_RULES.pagingRepeats, probe, place, expected: { unique: true }, value })];
    }
    for (const { id } of page.interactions) seen.add(id);
  }
  return [];
}

/** A conversation that was there all the time, and on no page of a whole walk. */
function judgeGap({ run: { plan }, distinct, started, removed }: RunView, walk: readonly Page[]): Sighting[] {
  const { probe, page } = walk[walk.length - 1] ?? {};
  if (probe === undefined || page?.hasMore !== false || walk.length !== distinct[probe.chain.id]?.probes.length)
    return [];
  const shown = new Set(walk.flatMap((one) => one.page.interactions.map(({ id }) => id)));
  const missed = plan.chains.find(({ id, phase, steps }) => {
    const conversation = started.get(id);
    if (phase !== 1 || steps[0]?.auth.key !== 'main' || conversation === undefined) return false;
    const isThere = (removed.get(conversation) ?? Number.POSITIVE_INFINITY) > probe.exchange.settledAt;
    return isThere && !shown.has(conversation);
  });
  if (missed === undefined) return [];
  const expected = { includes: started.get(missed.id) ?? '' };
  return [sighting({ rule: DRIFT_RULES.pagingGap, probe, place: '/listing/interactions', expected })];
}
