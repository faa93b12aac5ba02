import type { Breach, Path } from './breach.ts';
import { keyPattern, shortName } from './key-pattern.ts';
import { type Group, groupsOf, has, isObject } from './property-group.ts';
import { groupedBy, MOST_ADDED, renamesOf } from './property-renames.ts';
import { type Schema, typesOf } from './schema.ts';
import { expectedOf, type PropertyError } from './schema-breach.ts';

/** Missing and unknown properties, each told once under the name of the change that explains it. */
export interface Presence {
  readonly removed: readonly Breach[];
  readonly optional: readonly Breach[];
  readonly renamed: readonly Breach[];
  readonly added: readonly Breach[];
}

export const ALL_PRESENT: Presence = { removed: [], optional: [], renamed: [], added: [] };

/** Of very many unknown properties, so many are named. */
const NAMED = 3;

/** Puts missing and unknown properties of one answer together, so that one change of the service is one breach. */
export function presenceOf(schema: Schema, body: unknown, errors: readonly PropertyError[]): Presence {
  const presence = {
    removed: [] as Breach[],
    optional: [] as Breach[],
    renamed: [] as Breach[],
    added: [] as Breach[],
  };
  for (const group of groupsOf(schema, body, errors)) {
    if (nested(group)) {
      presence.removed.push(together(group, [...group.missing.keys()]));
      continue;
    }
    const renames = renamesOf(group);
    const left = [...group.missing.keys()].filter((name) => !renames.has(name));
    const optional = left.filter((name) => becameOptional(group, name));
    const removed = left.filter((name) => !optional.includes(name));
    for (const [from, to] of renames) presence.renamed.push(renamed(group, from, to));
    if (optional.length > 0) presence.optional.push(together(group, optional));
    if (removed.length > 0) presence.removed.push(together(group, removed));
    for (const to of renames.values()) group.unknown.delete(to);
    presence.added.push(...addedOf(group, left));
  }
  return presence;
}

/** Nothing of what should be there is there: the object was wrapped, or is another. */
function nested({ schema, objects, missing }: Group): boolean {
  return (
    missing.size === schema.required?.length &&
    objects.every((object) => [...missing.keys()].every((name) => !has(object, name)))
  );
}

/**
 * Some objects have it, or it may be null and no null is written in these objects any more:
 * then it is left out at times. Otherwise it is gone.
 */
function becameOptional({ schema, objects }: Group, name: string): boolean {
  if (objects.some((object) => has(object, name))) return true;
  const nullable = typesOf(schema.properties?.[name] ?? {}).includes('null');
  return nullable && !objects.some((object) => Object.values(object).includes(null));
}

/** Whether an unknown property is an object into which a missing one moved. */
function holds({ objects }: Group, name: string, missing: readonly string[]): boolean {
  return objects.some((object) => {
    const value = object[name];
    return isObject(value) && missing.some((property) => has(value, property));
  });
}

/** One missing property by its own path; several, which one change took away, by their object's. */
function together({ missing, schema }: Group, names: readonly string[]): Breach {
  const [first = '', second] = names;
  const path = ['body', ...(missing.get(first) ?? [])];
  return second === undefined
    ? { path: [...path, first], expected: expectedOf(schema.properties?.[first] ?? {}), value: undefined }
    : { path, expected: { required: names }, value: undefined };
}

function renamed({ missing, schema }: Group, from: string, to: string): Breach {
  return {
    path: ['body', ...(missing.get(from) ?? []), from],
    expected: { name: from, ...expectedOf(schema.properties?.[from] ?? {}) },
    value: to,
  };
}

/** The unknown properties into which nothing moved: one breach a pattern of names, or one for all where there are many. */
function addedOf(group: Group, missing: readonly string[]): Breach[] {
  const patterns = groupedBy([...group.unknown.keys()], keyPattern);
  if (patterns.size > MOST_ADDED) return [manyAdded(group)];
  return [...patterns.values()].flatMap((names) => {
    const [name = ''] = names;
    return missing.length > 0 && holds(group, name, missing) ? [] : [added(group, name, names)];
  });
}

function added({ unknown, body }: Group, name: string, names: readonly string[]): Breach {
  const parent = unknown.get(name) ?? [];
  const breach = {
    path: ['body', ...parent, name],
    expected: { type: 'absent' },
    value: valueAt(body, [...parent, name]),
  };
  return names.length === 1 ? breach : { ...breach, sample: namesOf(names) };
}

function manyAdded({ unknown }: Group): Breach {
  const names = [...unknown.keys()];
  const path = ['body', ...(unknown.get(names[0] ?? '') ?? []), '*'];
  return { path, expected: { type: 'absent' }, value: {}, sample: namesOf(names) };
}

function namesOf(names: readonly string[]): string {
  return `${names.length} unknown names, such as ${names.slice(0, NAMED).map(shortName).join(', ')}`;
}

function valueAt(body: unknown, path: Path): unknown {
  return path.reduce((value: unknown, part) => (value as Readonly<Record<string, unknown>>)[part], body);
}
