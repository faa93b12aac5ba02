import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import type { RunView } from '../run-view.ts';
import { latestAt, type Page } from './pages.ts';

type Listed = Page['page']['interactions'];

/**
 * A walk from the first page to the last: nothing twice, nothing left out, and an end. What got a message meanwhile is at the
 * front, which is looked at once more after the walk; each such conversation may shift all others by one.
 */
export function judgeWalk(view: RunView, pages: readonly Page[]): Sighting[] {
  const walk = pages.filter(({ probe }) => probe.step.do === 'page');
  const [looked] = pages.filter(({ probe }) => probe.step.do !== 'page');
  const front = looked?.page.interactions ?? [];
  const moved = movedTo(front, walk[0]?.page.interactions ?? []);
  // More came than one page shows: not limited.
  if (looked?.page.hasMore === true && moved.length === front.length) return [];
  const repeats = judgeRepeats(walk, moved.length);
  if (repeats.length > 0) return repeats;
  const gap = judgeGap(view, walk, moved);
  return gap.length > 0 || moved.length > 0 ? gap : judgeEnd(walk);
}

/** A page that the one before it announced, and that holds nothing, though nothing moved to the front meanwhile. */
function judgeEnd(walk: readonly Page[]): Sighting[] {
  const [before, last] = walk.slice(-2);
  if (before?.page.hasMore !== true || last === undefined || last.page.interactions.length > 0) return [];
  const seen = { place: '/listing/hasMore', expected: { const: false }, value: true };
  return [sighting({ rule: DRIFT_RULES.pagingEndless, probe: before.probe, ...seen })];
}

/**
 * The conversations that came to the front after a walk's first page was read: later than all on that page, or, since the clocks
 * of a service may differ, not on it and now before one that was. Those on it can only have moved forward.
 */
function movedTo(front: Listed, first: Listed): string[] {
  const newest = Math.max(...first.map(latestAt));
  const ids = new Set(first.map(({ id }) => id));
  const last = front.map(({ id }) => ids.has(id)).lastIndexOf(true);
  return front
    .filter((conversation, index) => latestAt(conversation) > newest || (index < last && !ids.has(conversation.id)))
    .map(({ id }) => id);
}

function judgeRepeats(walk: readonly Page[], most: number): Sighting[] {
  const seen = new Set<string>();
  let left = most;
  for (const { probe, page } of walk) {
    const repeats = page.interactions.flatMap(({ id }, index) => (seen.has(id) ? [index] : []));
    left -= repeats.length;
    const index = left < 0 ? repeats.at(-1) : undefined;
    // Within a page it is the page's own sighting.
    if (index !== undefined) {
      const place = `/listing/interactions/${index}/id`;
      const value = page.interactions[index]?.id;
      return [sighting({ rule: DRIFT_RULES.pagingRepeats, probe, place, expected: { unique: true }, value })];
    }
    for (const { id } of page.interactions) seen.add(id);
  }
  return [];
}

/** A conversation that was there all the time, and on no page of a whole walk. */
function judgeGap(
  { run: { plan }, distinct, started, removalAsked }: RunView,
  walk: readonly Page[],
  moved: readonly string[],
): Sighting[] {
  const { probe, page } = walk[walk.length - 1] ?? {};
  if (probe === undefined || page?.hasMore !== false) return [];
  const sent = distinct[probe.chain.id]?.probes.filter(({ step }) => step.do === 'page');
  if (walk.length !== sent?.length) return [];
  const shown = new Set([...moved, ...walk.flatMap((one) => one.page.interactions.map(({ id }) => id))]);
  const missed = plan.chains.find(({ id, phase, steps }) => {
    const conversation = started.get(id);
    if (phase !== 1 || steps[0]?.auth.key !== 'main' || conversation === undefined) return false;
    const isThere = (removalAsked.get(conversation) ?? Number.POSITIVE_INFINITY) > probe.exchange.settledAt;
    return isThere && !shown.has(conversation);
  });
  if (missed === undefined) return [];
  const expected = { includes: started.get(missed.id) ?? '' };
  return [sighting({ rule: DRIFT_RULES.pagingGap, probe, place: '/listing/interactions', expected })];
}
