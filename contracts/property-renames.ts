import { type Group, has } from './property-group.ts';
import { fits } from './schema.ts';

/** More unknown properties of one object are told as one: they are the keys of a map, or nothing that anyone documents. */
export const MOST_ADDED = 20;
/** Missing name to unknown name, where the unknown one always stands in for the missing one with a value that fits it. */
export function renamesOf({ schema, objects, missing, unknown }: Group): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  if (missing.size === 0 || unknown.size === 0) return renames;
  const free = new Set(unknown.keys());
  const alike = groupedBy([...free], folded);
  // Of very many unknown properties one would fit by chance.
  const any = free.size <= MOST_ADDED ? [...free] : [];
  const standsIn = (from: string, to: string) =>
    objects.every(
      (object) => !has(object, from) && has(object, to) && fits(schema.properties?.[from] ?? {}, object[to]),
    );
  for (const candidates of [(from: string) => alike.get(folded(from)) ?? [], () => any]) {
    for (const from of missing.keys()) {
      if (renames.has(from)) continue;
      const to = candidates(from).find((name) => free.has(name) && standsIn(from, name));
      if (to === undefined) continue;
      renames.set(from, to);
      free.delete(to);
    }
  }
  return renames;
}

export function groupedBy(
  names: readonly string[],
  keyOf: (name: string) => string,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const group = groups.get(keyOf(name));
    if (group === undefined) groups.set(keyOf(name), [name]);
    else group.push(name);
  }
  return groups;
}

/** `created_at` and `createdAt` are one name in two spellings. */
function folded(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
