import { observe } from '../../contracts/breach.ts';
import { MOST_NAMES, MOST_TEMPLATES } from '../ledger/breaches.ts';
import { placeOf } from './judge/place.ts';
import type { Group, Sighting } from './sighting.ts';

const NAMED = 3;

/**
 * Groups of sightings, of which no rule has more than a contract can have places: the properties of one object that a
 * service names anew in each answer are one finding, and so is what is scattered over a whole body.
 */
export function gathered(groups: readonly Group[], keyOf: (one: Sighting) => string): Group[] {
  const objects = together(groups, ({ rule, template }) => `${rule}|${objectOf(placeOf(template))}`, MOST_NAMES);
  const wide = objects.flatMap((all) => (all.length === 1 ? all : [merged(all, 'names', objectOf, keyOf)]));
  const rules = together(wide, ({ rule }) => rule, MOST_TEMPLATES);
  return rules.flatMap((all) => (all.length === 1 ? all : [merged(all, 'places', () => '#', keyOf)]));
}

const objectOf = (template: string): string => template.slice(0, template.lastIndexOf('/'));
const nameOf = (template: string): string => template.slice(template.lastIndexOf('/') + 1);

/** Lists of those groups that are too many, and each other group by itself. */
function together(groups: readonly Group[], keyOf: (one: Sighting) => string, most: number): (readonly Group[])[] {
  const lists = new Map<string, Group[]>();
  for (const group of groups) {
    const key = keyOf(group.sightings[0] as Sighting);
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [group]);
    else list.push(group);
  }
  return [...lists.values()].flatMap((list) => (list.length > most ? [list] : list.map((group) => [group])));
}

function merged(
  groups: readonly Group[],
  what: string,
  parentOf: (template: string) => string,
  keyOf: (one: Sighting) => string,
): Group {
  const names = groups.map(({ sightings: [first] }) => {
    const { template = '' } = first ?? {};
    return what === 'names' ? nameOf(template) : template;
  });
  const { sample } = observe(`${names.length} ${what}, such as ${names.sort().slice(0, NAMED).join(', ')}`);
  const observed = { type: 'object', sample };
  const sightings = groups.flatMap((group) =>
    group.sightings.map((one) => ({ ...one, template: `${parentOf(one.template)}/*`, observed })),
  );
  return { key: keyOf(sightings[0] as Sighting), sightings };
}
