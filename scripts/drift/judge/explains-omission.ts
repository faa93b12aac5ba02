import type { Sighting } from '../sighting.ts';
import { lastOf, parentOf, placeOf } from './place.ts';

const OPTIONAL = 'response-property-became-optional';
/** Rules that tell of one thing missing, by how much of it is there. */
export const MISSING: readonly string[] = ['response-required-property-removed', OPTIONAL];
/** Properties that are lists, wherever they are. */
const LISTS: readonly string[] = ['tags', 'attachments', 'usedArticles', 'usedSubfolders', 'events', 'interactions'];

/** A serialiser leaves out what is nothing: of some answers one property of an object, of others another; or lists of any object. */
export const isOfOmitted = (a: Sighting, b: Sighting): boolean =>
  (a.rule === OPTIONAL &&
    b.rule === OPTIONAL &&
    (parentOf(a) === parentOf(b) || placeOf(a.template) === parentOf(b))) ||
  [a, b].every(isOfLists);

/** Whether all that is missing are lists: one property is named by its place, several by the object's. */
function isOfLists(one: Sighting): boolean {
  if (!MISSING.includes(one.rule)) return false;
  const { required } = one.expected;
  const names = Array.isArray(required) ? required : [lastOf(one).slice(1)];
  return names.every((name) => LISTS.includes(String(name)));
}
