import { DRIFT_RULES, sighting } from '../rules.ts';
import type { Probe, Sighting } from '../sighting.ts';
import { type ChainView, pageIn } from './chain-view.ts';
import type { DriftRun } from './drift-run.ts';
import { judgeBelonging, judgeListed, type Page } from './judge-listed.ts';
import { judgeQuery } from './judge-query.ts';

/** Listings: each page by itself, walks over pages, and whose conversations they show. */
export function judgeListings(
  run: DriftRun,
  views: readonly ChainView[],
  isSound: (probe: Probe) => boolean,
  startedConversations: ReadonlyMap<number, string>,
  removed: ReadonlyMap<string, number>,
): Sighting[] {
  const pages = run.probes.flatMap((probe) => {
    const page = isSound(probe) && probe.operation === 'list-conversations' ? pageIn(probe) : undefined;
    return page === undefined ? [] : [{ probe, page }];
  });
  const walks = run.plan.chains.flatMap(({ id, steps }) =>
    steps.some((step) => step.do === 'page') ? [pages.filter(({ probe }) => probe.chain.id === id)] : [],
  );
  return [
    ...pages.flatMap((page) => [...judgePage(page), ...judgeQuery(page, ownAgentOf(run, startedConversations))]),
    ...judgeRemoved(run, pages, removed),
    ...judgeListed(run, pages, views, startedConversations),
    ...judgeBelonging(run.probes.filter(isSound), pages, views, startedConversations),
    ...judgeForeign(run, pages, startedConversations),
    ...walks.flatMap((walk) => judgeWalk(run, walk, views, { started: startedConversations, removed })),
  ];
}

/** The agent that a listing must show something of: the check began conversations with it. */
function ownAgentOf({ plan }: DriftRun, started: ReadonlyMap<number, string>): string | undefined {
  const hasBegun = plan.chains.some(({ id, steps: [first] }) => first?.turn?.role === 'user' && started.has(id));
  return hasBegun ? plan.target.botId : undefined;
}

/** Conversations that were removed, in a listing that was asked for when replicas had the time to agree. */
function judgeRemoved(
  { plan, probes }: DriftRun,
  pages: readonly Page[],
  removed: ReadonlyMap<string, number>,
): Sighting[] {
  const settled = new Map(
    probes.flatMap(({ operation, exchange: { conversation = '', settledAt } }) =>
      operation === 'delete-conversation' && removed.has(conversation) ? [[conversation, settledAt] as const] : [],
    ),
  );
  const isGone = (id: string, at: number): boolean => at - (settled.get(id) ?? at) >= plan.graceMs;
  return pages.flatMap(({ probe, page: { interactions } }) => {
    const index = interactions.findIndex(({ id }) => isGone(id, probe.exchange.sentAt));
    if (index < 0) return [];
    const place = `/listing/interactions/${index}/id`;
    const value = interactions[index]?.id;
    const template = '/listing/interactions/*/id';
    return [sighting(DRIFT_RULES.removedListed, probe, place, { removed: 'gone' }, value, template)];
  });
}

function judgePage({ probe, page: { interactions, hasMore, nextCursor } }: Page): Sighting[] {
  const ids = interactions.map(({ id }) => id);
  const repeat = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (repeat >= 0) {
    return [
      sighting(
        DRIFT_RULES.pagingRepeats,
        probe,
        `/listing/interactions/${repeat}/id`,
        { unique: true },
        ids[repeat],
        '/listing/interactions/*/id',
      ),
    ];
  }
  const limit = Number(/[?&]limit=(\d+)/.exec(probe.exchange.url)?.[1] ?? Number.POSITIVE_INFINITY);
  const found: Sighting[] = [];
  if (ids.length > limit)
    found.push(sighting(DRIFT_RULES.pagingLimit, probe, '/listing/interactions', { maxItems: limit }, ids.length));
  if (hasMore && nextCursor === null)
    found.push(sighting(DRIFT_RULES.pagingCursor, probe, '/listing/nextCursor', { type: 'string' }, null));
  if (hasMore && ids.length === 0)
    found.push(sighting(DRIFT_RULES.pagingEndless, probe, '/listing/hasMore', { const: false }, true));
  const times = interactions.map(({ createdAt }) =>
    typeof createdAt === 'number' ? createdAt : Date.parse(createdAt),
  );
  const late = misplaced(times);
  if (late > 0) {
    const value = interactions[late]?.createdAt;
    const place = `/listing/interactions/${late}/createdAt`;
    found.push(
      sighting(
        DRIFT_RULES.listOrder,
        probe,
        place,
        { order: 'newest first' },
        value,
        '/listing/interactions/*/createdAt',
      ),
    );
  }
  return found;
}

/** Replicas have clocks of their own: what was created at once may be listed in either order. */
const CLOCKS_MS = 5_000;
const LEAST_PAIRS = 3;

/** Index of the first time that is out of order, newest first, or -1: by more than clocks differ, or as most others are. */
function misplaced(times: readonly number[]): number {
  const later = times.flatMap((time, index) => (index > 0 && time > (times[index - 1] ?? time) ? [index] : []));
  const far = later.find((index) => (times[index] ?? 0) - (times[index - 1] ?? 0) > CLOCKS_MS);
  const earlier = times.filter((time, index) => index > 0 && time < (times[index - 1] ?? time)).length;
  const isReversed = later.length >= LEAST_PAIRS && later.length > 2 * earlier;
  return far ?? (isReversed ? (later[0] ?? -1) : -1);
}

/** Conversations of another workspace, in a listing under the main key. */
function judgeForeign({ plan }: DriftRun, pages: readonly Page[], started: ReadonlyMap<number, string>): Sighting[] {
  const foreign = new Set(
    plan.chains
      .filter(({ phase, steps }) => phase === 1 && steps[0]?.auth.key === 'other')
      .map(({ id }) => started.get(id)),
  );
  return pages.flatMap(({ probe, page }) => {
    if (probe.step.auth.key !== 'main') return [];
    const index = page.interactions.findIndex(({ id }) => foreign.has(id));
    return index < 0
      ? []
      : [
          sighting(
            DRIFT_RULES.foreignListed,
            probe,
            `/listing/interactions/${index}/id`,
            { workspace: 'own' },
            page.interactions[index]?.id,
            '/listing/interactions/*/id',
          ),
        ];
  });
}

/** A walk from the first page to the last: nothing twice, nothing left out, and an end. */
function judgeWalk(
  { plan }: DriftRun,
  walk: readonly Page[],
  views: readonly ChainView[],
  { started, removed }: Record<'started', ReadonlyMap<number, string>> & Record<'removed', ReadonlyMap<string, number>>,
): Sighting[] {
  const last = walk[walk.length - 1];
  const first = walk[0];
  if (last === undefined || first === undefined) return [];
  const shown = walk.flatMap(({ page }) => page.interactions.map(({ id }) => id));
  const seen = new Set<string>();
  for (const { probe, page } of walk) {
    const index = page.interactions.findIndex(({ id }) => seen.has(id));
    // Within a page it has been told by the page itself.
    if (index >= 0) {
      return [
        sighting(
          DRIFT_RULES.pagingRepeats,
          probe,
          `/listing/interactions/${index}/id`,
          { unique: true },
          page.interactions[index]?.id,
          '/listing/interactions/*/id',
        ),
      ];
    }
    for (const { id } of page.interactions) seen.add(id);
  }
  const isWhole = !last.page.hasMore;
  if (!isWhole || walk.length !== views[last.probe.chain.id]?.probes.length) return [];
  const missed = plan.chains.find(({ id, phase, steps }) => {
    const conversation = started.get(id);
    if (phase !== 1 || steps[0]?.auth.key !== 'main' || conversation === undefined) return false;
    const isThere = (removed.get(conversation) ?? Number.POSITIVE_INFINITY) > last.probe.exchange.settledAt;
    return isThere && !shown.includes(conversation);
  });
  return missed === undefined
    ? []
    : [
        sighting(
          DRIFT_RULES.pagingGap,
          last.probe,
          '/listing/interactions',
          { includes: started.get(missed.id) ?? '' },
          undefined,
        ),
      ];
}
