import { apiKeyExposed } from '../../../contracts/rules/api-key-exposed.ts';
import { errorLeak } from '../../../contracts/rules/error-leak.ts';
import { errorPropertyAdded } from '../../../contracts/rules/error-property-added.ts';
import { errorPropertyRemoved } from '../../../contracts/rules/error-property-removed.ts';
import { UNKNOWN_ROLE } from '../plan/negative-steps.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import type { Group, Sighting } from '../sighting.ts';
import { isOfReusedIds } from './explains-identity.ts';
import { isOfOmitted } from './explains-omission.ts';
import { isOfCursor, isOfPaging } from './explains-paging.ts';
import { isOfMessage } from './explains-preview.ts';
import { explainsRelation } from './explains-relation.ts';
import { isOfRemoval } from './explains-removal.ts';
import { lastOf, parentOf, placeOf } from './place.ts';
import { SHOWS_AS } from './shows-as.ts';

/** Of rules on statuses, the worst first: where the same status comes in several places, it is one change. */
const STATUSES: readonly string[] = [
  DRIFT_RULES.validRefused.id,
  DRIFT_RULES.statusChanged.id,
  DRIFT_RULES.undocumentedStatus.id,
  DRIFT_RULES.errorStatusChanged.id,
  DRIFT_RULES.errorStatusImproved.id,
  DRIFT_RULES.refusalDiffers.id,
  DRIFT_RULES.learntStatus.id,
];
/** A role that only a probe has sent is shown because it was accepted. */
const ACCEPTED: readonly string[] = [DRIFT_RULES.invalidAccepted.id, DRIFT_RULES.unsaidAccepted.id];
/** What is no JSON at times is JSON of another form at others. */
const NO_JSON: readonly string[] = ['body-not-json', 'error-body-not-json'];

const { readbackAltered, listedOtherwise, listWindow } = DRIFT_RULES;
const ALTERED: readonly string[] = [readbackAltered.id, listedOtherwise.id, listWindow.id];
/** What shows another value of a property than there was, and what says so of values as such. */
const OTHER_VALUES: readonly string[] = [
  ...ALTERED,
  DRIFT_RULES.listFilter.id,
  DRIFT_RULES.shownOtherwise.id,
  DRIFT_RULES.textGarbled.id,
  'article-title-empty',
  'timestamp-out-of-range',
  'timestamp-unit-changed',
];
const OF_VALUES: readonly string[] = [
  DRIFT_RULES.formatChanged.id,
  DRIFT_RULES.wordReplaced.id,
  DRIFT_RULES.wordAdded.id,
  DRIFT_RULES.rangeLeft.id,
];
/** What is new in a value is no second change of it. */
const OF_BASELINES = /^baseline-|^conversation-shown-otherwise$/;

/** Whether what one group shows follows from the other: by its rule, or as a part of what is already wrong as a whole. */
export function explains(cause: Group, group: Group): boolean {
  const [a, b] = [cause.sightings[0], group.sightings[0]];
  if (a === undefined || b === undefined) return false;
  if (a.rule === DRIFT_RULES.relationChanged.id && b.rule !== a.rule) return false;
  if (isOfSecret(a, b)) return true;
  if (SHOWS_AS[b.rule]?.includes(a.rule) || explainsRelation(a, b)) return true;
  if (isSameStatus(a, b) || isSameName(a, b) || isOfNulls(a, b) || isOfOmitted(a, b) || isOfErrors(a, b)) return true;
  if (isOfKey(a, b) || isOfArticles(a, b) || isOfMessage(cause, group) || isOfRemoval(cause, group)) return true;
  if (isOfPaging(a, group) || isOfCursor(a, group) || isOfReusedIds(cause, group)) return true;
  // A time that is altered has another unit, too: that it was otherwise before is no second change.
  if (OF_VALUES.includes(b.rule) && OTHER_VALUES.includes(a.rule) && lastOf(a) === lastOf(b)) return true;
  if (ACCEPTED.includes(a.rule) && group.sightings.every(({ observed }) => observed.sample === UNKNOWN_ROLE))
    return true;
  // What is denied and is answered without data at times is granted at others.
  if (a.rule === DRIFT_RULES.accessGranted.id && isOfDenied(group)) return true;
  if (NO_JSON.includes(a.rule) && placeOf(a.template) === placeOf(b.template)) return true;
  if (a.class === 'additive' && b.class !== 'additive') return false;
  if (!isBelow(a, b) && !isAlike(a, b) && !isOfOtherBody(a, b) && !isOfEnvelope(a, b)) return false;
  const shown = new Set(cause.sightings.map(({ probe }) => probe));
  return group.sightings.every(({ probe }) => shown.has(probe));
}

/** A secret in a property is new there, and shows wherever the property does. */
const isOfSecret = (a: Sighting, b: Sighting): boolean =>
  a.rule === DRIFT_RULES.secretShown.id && (b.rule === a.rule || OF_BASELINES.test(b.rule)) && lastOf(a) === lastOf(b);

const isOfDenied = ({ sightings }: Group): boolean =>
  sightings.every(({ rule, probe }) => rule === DRIFT_RULES.invalidAccepted.id && probe.step.expect.denied === true);

/** Where a key may be shown that nothing was before. */
const ADDED: readonly string[] = [
  'response-property-added',
  'error-property-added',
  'private-property-added',
  DRIFT_RULES.headerAdded.id,
  DRIFT_RULES.headerPrivate.id,
];

/** A property or header that is new shows the key; an error that shows the key of this check shows any key that was sent. */
function isOfKey(a: Sighting, b: Sighting): boolean {
  if (a.rule !== apiKeyExposed.id) return false;
  if (ADDED.includes(b.rule)) return placeOf(a.template) === placeOf(b.template) || isBelow(b, a);
  return b.rule === errorLeak.id && a.probe.exchange.status >= 400;
}

/** Articles that are wrong in an answer, and are right where it is read back. */
const isOfArticles = (a: Sighting, b: Sighting): boolean =>
  a.rule.startsWith('article-') && ALTERED.includes(b.rule) && lastOf(b) === '/usedArticles';

function isSameStatus(a: Sighting, b: Sighting): boolean {
  // What is accepted that must be refused is accepted where the reference leaves it open, too.
  if (a.rule === DRIFT_RULES.invalidAccepted.id && b.rule === DRIFT_RULES.learntStatus.id)
    return a.observed.sample === b.observed.sample;
  const [worse, other] = [STATUSES.indexOf(a.rule), STATUSES.indexOf(b.rule)];
  return worse >= 0 && worse < other && a.observed.sample === b.observed.sample;
}

/** Whether a property is broken in the same way under its name in several objects, or all names are spelt in another way. */
function isSameName(a: Sighting, b: Sighting): boolean {
  if (a.rule !== b.rule || !OF_SERIALISERS.includes(a.rule) || a.observed.type !== b.observed.type) return false;
  if (a.rule !== RENAMED) return lastOf(a) === lastOf(b);
  return (lastOf(a) === lastOf(b) && a.observed.sample === b.observed.sample) || (isRespelt(a) && isRespelt(b));
}

/** Whether an envelope that is broken where the reference documents it differs from the baselines elsewhere, too. */
function isOfErrors(a: Sighting, b: Sighting): boolean {
  if (!/^error-(property|body)-/.test(a.rule) || !/^#\/responses\/[45]\d\d\/body/.test(b.template)) return false;
  return b.rule.startsWith('baseline-') && (placeOf(a.template) === placeOf(b.template) || isBelow(a, b));
}

/** How a serialiser writes nothing it writes for all properties of an object, and the worst first. */
const OF_NULLS: readonly string[] = [DRIFT_RULES.sentinel.id, DRIFT_RULES.nullabilityChanged.id];

function isOfNulls(a: Sighting, b: Sighting): boolean {
  const [worse, other] = [OF_NULLS.indexOf(a.rule), OF_NULLS.indexOf(b.rule)];
  if (worse < 0 || worse > other) return false;
  return parentOf(a) === parentOf(b) || lastOf(a) === lastOf(b);
}

/** `created_at` for `createdAt`. */
function isRespelt({ expected, observed }: Sighting): boolean {
  const folded = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return folded(String(expected.name)) === folded(observed.sample);
}

/** Another body altogether: a page in place of JSON, or an error of the framework's own. */
const OTHER_BODIES: readonly string[] = [errorLeak.id, 'response-media-type-changed'];

function isOfOtherBody(a: Sighting, b: Sighting): boolean {
  const [worse, other] = [OTHER_BODIES.indexOf(a.rule), OTHER_BODIES.indexOf(b.rule)];
  if (worse < 0) return false;
  return other < 0 ? placeOf(b.template).startsWith('#/responses/*/body') : worse < other;
}

/** An envelope that lost a property lost others, and has new ones in their place: it is another envelope. */
const isOfEnvelope = (a: Sighting, b: Sighting): boolean =>
  a.rule === errorPropertyRemoved.id &&
  (b.rule === errorPropertyRemoved.id || b.rule === errorPropertyAdded.id) &&
  parentOf(a) === parentOf(b);

const isBelow = (a: Sighting, b: Sighting): boolean => placeOf(b.template).startsWith(`${placeOf(a.template)}/`);

const RENAMED = 'response-property-renamed';
/** Rules that one change of a serialiser breaks at several properties of an object. */
const OF_SERIALISERS: readonly string[] = [
  'response-property-became-nullable',
  'response-property-type-changed',
  RENAMED,
  'response-property-format-changed',
  'error-property-type-changed',
  DRIFT_RULES.textGarbled.id,
];

/** Rules on the few words that a property may be. */
const OF_WORDS: readonly string[] = ['response-property-enum-value-added', 'response-property-const-changed'];

/** Whether two properties of one object are broken in the same way: all empty lists are null, all numbers are strings, all words are spelt otherwise. */
function isAlike(a: Sighting, b: Sighting): boolean {
  if (OF_WORDS.includes(a.rule) && OF_WORDS.includes(b.rule)) return parentOf(a) === parentOf(b);
  return (
    a.rule === b.rule &&
    OF_SERIALISERS.includes(a.rule) &&
    a.observed.type === b.observed.type &&
    parentOf(a) === parentOf(b)
  );
}
