import { DRIFT_RULES } from '../rules/index.ts';
import type { Group, Sighting } from '../sighting.ts';

/** A walk that misses what there is since a time: a listing since then shows nothing of it, whatever else it names. */
export const isOfPaging = (a: Sighting, { sightings }: Group): boolean =>
  // A page that says that there is more, and is not: it is none before the last.
  (a.rule === DRIFT_RULES.pagingEndless.id &&
    sightings.every(({ rule, expected }) => rule === DRIFT_RULES.listFilter.id && 'items' in expected)) ||
  ([DRIFT_RULES.pagingGap.id, DRIFT_RULES.notListed.id].includes(a.rule) &&
    sightings.every(
      ({ rule, expected, probe }) =>
        rule === DRIFT_RULES.listFilter.id &&
        ('includes' in expected || ('minItems' in expected && /[?&]since=/.test(probe.exchange.url))),
    ));

/** A cursor that is empty is no value, and is refused. */
export function isOfCursor(a: Sighting, { sightings }: Group): boolean {
  if (a.rule !== DRIFT_RULES.pagingCursor.id) return false;
  return sightings.every(({ rule, template, probe }) =>
    rule === DRIFT_RULES.validRefused.id
      ? /[?&]cursor=(&|$)/.test(probe.exchange.url)
      : rule === DRIFT_RULES.sentinel.id && template.endsWith('/nextCursor'),
  );
}
