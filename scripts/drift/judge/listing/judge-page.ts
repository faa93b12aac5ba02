import { firstRepeat } from '../../../../contracts/first-repeat.ts';
import type { Expected } from '../../../../contracts/violation.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type DriftRule, type Sighting, sighting } from '../../sighting.ts';
import { CLOCKS_MS } from '../clocks.ts';
import { latestAt, type Page } from './pages.ts';
import { isReversed } from './reversal.ts';

/** On one page, by the reference: at most, and without a limit. */
const MOST = 100;
const DEFAULT = 50;

/** What a page shows by itself: each conversation once, no more than asked for, the latest message first, and a way on. */
export function judgePage({ probe, page: { interactions, hasMore, nextCursor } }: Page): Sighting[] {
  const at = (rule: DriftRule, place: string, expected: Expected, value: unknown): Sighting =>
    sighting({ rule, probe, place: `/listing/${place}`, expected, value });
  const ids = interactions.map(({ id }) => id);
  const repeat = firstRepeat(ids);
  if (repeat >= 0) return [at(DRIFT_RULES.pagingRepeats, `interactions/${repeat}/id`, { unique: true }, ids[repeat])];
  const limit = limitIn(probe.exchange.url);
  const times = interactions.map(latestAt);
  const late = misplaced(times);
  const order = { place: `interactions/${late}/createdAt`, value: times[late] };
  return [
    ...(ids.length > limit ? [at(DRIFT_RULES.pagingLimit, 'interactions', { maxItems: limit }, ids.length)] : []),
    ...(hasMore && !nextCursor ? [at(DRIFT_RULES.pagingCursor, 'nextCursor', { type: 'string' }, nextCursor)] : []),
    ...(hasMore && ids.length < defaultLimit(probe.exchange.url)
      ? [at(DRIFT_RULES.listFilter, 'interactions', { items: DEFAULT }, ids.length)]
      : []),
    ...(hasMore && ids.length === 0 ? [at(DRIFT_RULES.pagingEndless, 'hasMore', { const: false }, true)] : []),
    ...(late > 0 ? [at(DRIFT_RULES.listOrder, order.place, { order: 'latest message first' }, order.value)] : []),
  ];
}

const defaultLimit = (url: string): number => (/[?&]limit=/.test(url) ? 0 : DEFAULT);

/** Zero and more than a hundred are no limits: what a service makes of them it may decide. */
function limitIn(url: string): number {
  const named = /[?&]limit=([^&]*)/.exec(url)?.[1];
  const asked = named === undefined ? DEFAULT : Number(/^\d+$/.exec(named)?.[0] ?? MOST);
  return asked < 1 ? MOST : Math.min(asked, MOST);
}

/** Index of the first time that is out of order, newest first, or -1: by more than clocks differ, or of a page that is reversed. */
function misplaced(times: readonly number[]): number {
  const later = times.flatMap((time, index) => (index > 0 && time > (times[index - 1] ?? time) ? [index] : []));
  const far = later.find((index) => (times[index] ?? 0) - (times[index - 1] ?? 0) > CLOCKS_MS);
  return far ?? (isReversed(times) ? (later[0] ?? -1) : -1);
}
