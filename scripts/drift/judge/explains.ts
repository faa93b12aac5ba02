import { UNKNOWN_ROLE } from '../plan/negative-steps.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import type { Sighting } from '../sighting.ts';

/** Sightings of one change. */
export interface Group {
  readonly key: string;
  readonly sightings: Sighting[];
}

/** The template without status or condition, and with events at one place wherever they are listed. */
export function placeOf(template: string): string {
  return template
    .replace(/^#\/responses\/[^/]+/, '#/responses/*')
    .replace('/body/interactions/*/events/*', '/body/*')
    .replace('/body/events/*', '/body/*')
    .replace('/body/interactions/*', '/body');
}

/** What a finding of the key's rule also shows as, when both are there. */
const SHOWS_AS: Readonly<Record<string, readonly string[]>> = {
  [DRIFT_RULES.notListed.id]: [
    DRIFT_RULES.persistence.id,
    DRIFT_RULES.pagingGap.id,
    DRIFT_RULES.listOrder.id,
    DRIFT_RULES.pagingRepeats.id,
  ],
  [DRIFT_RULES.listedOtherwise.id]: [
    DRIFT_RULES.readbackAltered.id,
    DRIFT_RULES.persistence.id,
    DRIFT_RULES.notListed.id,
    DRIFT_RULES.continuationIgnored.id,
    DRIFT_RULES.foreignEvents.id,
  ],
  [DRIFT_RULES.foreignEvents.id]: ['cross-talk'],
  [DRIFT_RULES.removedListed.id]: [DRIFT_RULES.useAfterFree.id, DRIFT_RULES.foreignListed.id],
  'echo-mismatch': ['cross-talk'],
  [DRIFT_RULES.refusalDiffers.id]: [DRIFT_RULES.accessGranted.id],
  [DRIFT_RULES.readbackOther.id]: [DRIFT_RULES.continuationIgnored.id],
  [DRIFT_RULES.pagingGap.id]: [DRIFT_RULES.pagingRepeats.id],
  [DRIFT_RULES.replyConstant.id]: [
    // A placeholder stands for every reply.
    DRIFT_RULES.readbackAltered.id,
    DRIFT_RULES.replyError.id,
    'reply-template-leak',
    'reply-leak',
    'reply-empty',
  ],
};

/** A status that the reference leaves open, and those that it tells: where both are the same, it is one change. */
const LEARNT: readonly string[] = [DRIFT_RULES.refusalDiffers.id, DRIFT_RULES.learntStatus.id];
const STATUSES: readonly string[] = [
  DRIFT_RULES.errorStatusChanged.id,
  DRIFT_RULES.validRefused.id,
  DRIFT_RULES.statusChanged.id,
  DRIFT_RULES.undocumentedStatus.id,
];
/** A role that only a probe has sent is shown because it was accepted. */
const ACCEPTED: readonly string[] = [DRIFT_RULES.invalidAccepted.id, DRIFT_RULES.unsaidAccepted.id];
/** What is no JSON at times is JSON of another form at others. */
const NO_JSON: readonly string[] = ['body-not-json', 'error-body-not-json'];

const ALTERED: readonly string[] = [
  DRIFT_RULES.readbackAltered.id,
  DRIFT_RULES.listedOtherwise.id,
  DRIFT_RULES.listWindow.id,
];
const lastOf = ({ template }: Sighting): string => template.slice(template.lastIndexOf('/'));

/** Whether what one group shows follows from the other: by its rule, or as a part of what is already wrong as a whole. */
export function explains(cause: Group, group: Group): boolean {
  const [a, b] = [cause.sightings[0], group.sightings[0]];
  if (a === undefined || b === undefined) return false;
  if (SHOWS_AS[b.rule]?.includes(a.rule)) return true;
  if (LEARNT.includes(b.rule) && STATUSES.includes(a.rule) && a.observed.sample === b.observed.sample) return true;
  // A time that is altered has another unit, too: that it was otherwise before is no second change.
  if (b.rule === DRIFT_RULES.formatChanged.id && ALTERED.includes(a.rule) && lastOf(a) === lastOf(b)) return true;
  if (ACCEPTED.includes(a.rule) && group.sightings.every(({ observed }) => observed.sample === UNKNOWN_ROLE))
    return true;
  // What is denied and is answered without data at times is granted at others.
  if (a.rule === DRIFT_RULES.accessGranted.id && isOfDenied(group)) return true;
  if (NO_JSON.includes(a.rule) && placeOf(a.template) === placeOf(b.template)) return true;
  if (!isBelow(a, b) && !isAlike(a, b)) return false;
  const shown = new Set(cause.sightings.map(({ probe }) => probe));
  return group.sightings.every(({ probe }) => shown.has(probe));
}

const isOfDenied = ({ sightings }: Group): boolean =>
  sightings.every(({ rule, probe }) => rule === DRIFT_RULES.invalidAccepted.id && probe.step.expect.denied === true);

const isBelow = (a: Sighting, b: Sighting): boolean => placeOf(b.template).startsWith(`${placeOf(a.template)}/`);

/** Rules that one change of a serialiser breaks at several properties of an object. */
const OF_SERIALISERS: readonly string[] = [
  'response-property-became-nullable',
  'response-property-type-changed',
  'response-property-renamed',
  'error-property-type-changed',
];

/** Whether two properties of one object are broken in the same way: all empty lists are null, all numbers are strings. */
function isAlike(a: Sighting, b: Sighting): boolean {
  const parentOf = ({ template }: Sighting): string => placeOf(template.slice(0, template.lastIndexOf('/')));
  return (
    a.rule === b.rule &&
    OF_SERIALISERS.includes(a.rule) &&
    a.observed.type === b.observed.type &&
    parentOf(a) === parentOf(b)
  );
}
