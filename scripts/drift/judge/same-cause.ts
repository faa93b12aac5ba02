import { apiKeyExposed } from '../../../contracts/rules/api-key-exposed.ts';
import { errorLeak } from '../../../contracts/rules/error-leak.ts';
import { VIOLATION_CLASSES } from '../../../contracts/violation.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import { LISTING_RULES } from '../rules/listings.ts';
import type { Group, Probe, Sighting } from '../sighting.ts';
import { parentOf, placeOf } from './place.ts';

/** Shorter samples are equal by chance. */
const LEAST_SAMPLE = 12;

/** What shows a value that should not be shown: where the same one stands is one matter. */
const OF_SECRETS: readonly string[] = [
  apiKeyExposed.id,
  errorLeak.id,
  'private-property-added',
  'reply-leak',
  DRIFT_RULES.secretShown.id,
  DRIFT_RULES.headerPrivate.id,
];

/** A listing is made in one place: what is wrong with it as a whole. */
const OF_LISTINGS: readonly string[] = Object.values(LISTING_RULES)
  .filter(({ id, class: cls }) => cls === 'behavioural' && !id.startsWith('agent'))
  .map(({ id }) => id);

/** What is one matter wherever it shows: one cache may say so in several headers. */
const OF_ONE_RULE: readonly string[] = [DRIFT_RULES.answerCached.id];

const first = ({ sightings }: Group): Sighting => sightings[0] as Sighting;
const probesOf = ({ sightings }: Group): ReadonlySet<Probe> => new Set(sightings.map(({ probe }) => probe));

/**
 * Which of two groups is the finding, where one change shows as both: the worse, then what one answer shows, then what
 * several answers show, then what differs from the baselines, and of equal ones what more answers show.
 */
export function compareGroups(a: Group, b: Group): number {
  return weightOf(a) - weightOf(b) || probesOf(b).size - probesOf(a).size;
}

function weightOf(group: Group): number {
  const { rule, class: cls, notice, template } = first(group);
  const distance = rule.startsWith('baseline-') ? 2 : template.startsWith('#/responses') ? 0 : 1;
  return VIOLATION_CLASSES.indexOf(cls) * 6 + (notice ? 3 : 0) + distance;
}

/**
 * Whether two findings, neither of which follows from the other by its rule, most likely have one cause: they are on one
 * property of one kind of object, break one rule at one name, show one value, are on pages of listings as a whole, or add
 * several properties to the same object of the same answers. `cause` comes first by `compareGroups`.
 */
export function haveOneCause(cause: Group, group: Group): boolean {
  const [a, b] = [first(cause), first(group)];
  if (a.notice && !b.notice) return false;
  return (
    isOneProperty(a, b) ||
    isRearranged(cause, group) ||
    isOneName(a, b) ||
    (OF_ONE_RULE.includes(a.rule) && a.rule === b.rule) ||
    isOneValue(a, b) ||
    isOfListings(cause, group) ||
    isInSameAnswers(cause, group)
  );
}

function isOneProperty(a: Sighting, b: Sighting): boolean {
  const [own, other] = [propertyOf(a), propertyOf(b)];
  if (own === undefined || other === undefined) return false;
  // An article is a part of the list of articles.
  return (
    own === other ||
    ([own, other].every((one) => one === ARTICLES || one.startsWith('article ')) && [own, other].includes(ARTICLES))
  );
}

const ARTICLES = 'usedArticles';

function isOneName(a: Sighting, b: Sighting): boolean {
  if (a.rule !== b.rule || a.class === 'additive') return false;
  const [own, other] = [a, b].map(({ template }) => nameIn(template));
  return own !== undefined && own !== 'status' && own === other;
}

const isOneValue = (a: Sighting, b: Sighting): boolean =>
  OF_SECRETS.includes(a.rule) &&
  OF_SECRETS.includes(b.rule) &&
  a.observed.sample.length >= LEAST_SAMPLE &&
  a.observed.sample === b.observed.sample;

function isOfListings(cause: Group, group: Group): boolean {
  const isOne = ({ rule, template }: Sighting): boolean =>
    OF_LISTINGS.includes(rule) && template.startsWith('#/listing');
  // A cursor that leads nowhere is refused, or leads to nothing.
  const isCursor = cause.sightings.every(
    ({ rule, probe }) => rule === DRIFT_RULES.validRefused.id && /[?&]cursor=/.test(probe.exchange.url),
  );
  return isOne(first(group)) && (isOne(first(cause)) || isCursor);
}

/** A property that is gone or of another form, and new ones of the same object in its place. */
function isRearranged(cause: Group, group: Group): boolean {
  const [a, b] = [first(cause), first(group)];
  if (b.rule !== 'response-property-added' || a.class !== 'breaking' || !a.rule.startsWith('response-')) return false;
  const object = b.template.slice(0, b.template.lastIndexOf('/'));
  if (parentOf(a) !== parentOf(b) && !a.template.startsWith(`${object}/`)) return false;
  const [all, own] = [probesOf(cause), [...probesOf(group)]];
  // In some answers it may be a property by another name.
  return 2 * own.filter((probe) => all.has(probe)).length >= own.length;
}

/** New properties of one object, or headers, that always come together; and what is wrong with a conversation that is read. */
function isInSameAnswers(cause: Group, group: Group): boolean {
  const [a, b] = [first(cause), first(group)];
  const areNew = a.rule === b.rule && a.class === 'additive' && parentOf(a) === parentOf(b);
  const areRead = [a, b].every(({ template }) => template.startsWith('#/readback/'));
  if (!areNew && !areRead) return false;
  const [all, shown] = [probesOf(cause), probesOf(group)];
  return (!areNew || all.size === shown.size) && [...shown].every((probe) => all.has(probe));
}

/** The last part of a place that is a name; a service makes both cursors in one way. */
function nameIn(template: string): string | undefined {
  const parts = template.split('/').slice(1).reverse();
  const name = parts.find((part) => part !== '*' && !/^\d+$/.test(part));
  return name === 'prevCursor' ? 'nextCursor' : name;
}

/** Of events and conversations these are one matter: a conversation has them from its events. */
const SHARED = ['createdAt', ARTICLES, 'resolved', 'externalId'];

/** Containers of what is answered, and lists in them. */
const CONTAINERS =
  /^#\/(responses\/[^/]+\/body|readback|listing|agents)|\/(events|interactions)(?=\/|$)|\/(\*|\d+)(?=\/|$)/g;

/** The property of an object that a place is at or below. */
const topOf = (template: string): string | undefined => template.replace(CONTAINERS, '').split('/')[1];

/** A property, with the kind of object that has it, or a header; undefined where the place is neither. */
function propertyOf({ template, probe }: Sighting): string | undefined {
  const place = placeOf(template);
  if (place.includes('/headers/')) return place;
  const name = topOf(template);
  if (name === undefined || !/\/(body|readback|listing|agents)(\/|$)/.test(place)) return undefined;
  if (/^#\/responses\/[45]/.test(template)) return `error ${name}`;
  if (probe.operation === 'list-agents') return `agent ${name}`;
  if (/\/usedArticles\/\*\/[^/*]+$/.test(place)) return `article ${nameIn(place)}`;
  if (SHARED.includes(name)) return name;
  return `${/\/body\/\*\/|\/events\/\*\//.test(place) ? 'event' : 'conversation'} ${name}`;
}
