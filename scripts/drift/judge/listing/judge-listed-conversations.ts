import { DRIFT_RULES } from '../../rules/index.ts';
import { type DriftRule, type Sighting, sighting } from '../../sighting.ts';
import type { RunView } from '../run-view.ts';
import type { Page } from './pages.ts';

/** Conversations that were removed, in a listing that was asked for when replicas had the time to agree. */
export function judgeRemovedListed(
  { run: { plan, probes }, removed, known }: RunView,
  pages: readonly Page[],
): Sighting[] {
  const settled = new Map(
    probes.flatMap(({ operation, exchange: { conversation = '', settledAt } }) =>
      operation === 'delete-conversation' && removed.has(conversation) ? [[conversation, settledAt] as const] : [],
    ),
  );
  // Delete answers the same for an id that there never was.
  const isGone = (id: string, at: number): boolean => known.has(id) && at - (settled.get(id) ?? at) >= plan.graceMs;
  return pages.flatMap((page) => {
    const { sentAt } = page.probe.exchange;
    return firstListed(page, (id) => isGone(id, sentAt), DRIFT_RULES.removedListed, { removed: 'gone' });
  });
}

/** Conversations of the one workspace, in a listing under the key of the other. */
export function judgeForeignListed({ run: { plan }, started }: RunView, pages: readonly Page[]): Sighting[] {
  return (['main', 'other'] as const).flatMap((key) => {
    const isForeign = plan.chains.filter(({ phase, steps: [first] }) => phase === 1 && isOfOther(first?.auth.key, key));
    const foreign = new Set(isForeign.map(({ id }) => started.get(id)));
    return pages
      .filter(({ probe }) => probe.step.auth.key === key)
      .flatMap((page) => firstListed(page, (id) => foreign.has(id), DRIFT_RULES.foreignListed, { workspace: 'own' }));
  });
}

const isOfOther = (began: string | undefined, listed: 'main' | 'other'): boolean =>
  began === (listed === 'main' ? 'other' : 'main');

function firstListed(
  { probe, page: { interactions } }: Page,
  isWrong: (id: string) => boolean,
  rule: DriftRule,
  expected: Sighting['expected'],
): Sighting[] {
  const index = interactions.findIndex(({ id }) => isWrong(id));
  const place = `/listing/interactions/${index}/id`;
  return index < 0 ? [] : [sighting({ rule, probe, place, expected, value: interactions[index]?.id })];
}
