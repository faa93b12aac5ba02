import type { Path } from './breach.ts';
import { type Schema, schemaAt } from './schema.ts';
import type { PropertyError } from './schema-breach.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Objects at one place of the schema (all events, all articles), some of which lack properties or have unknown ones. */
export interface Group {
  readonly schema: Schema;
  readonly body: unknown;
  readonly objects: readonly JsonObject[];
  /** Names with the path of the first object that lacks, or has, them. */
  readonly missing: Map<string, Path>;
  readonly unknown: Map<string, Path>;
}

/** The places of an answer where properties are missing or unknown. */
export function groupsOf(schema: Schema, body: unknown, errors: readonly PropertyError[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { keyword, parent, property } of errors) {
    const key = parent.map((part) => (typeof part === 'number' ? '*' : part)).join('/');
    const group = groups.get(key) ?? {
      schema: schemaAt(schema, parent) ?? {},
      body,
      objects: objectsAt(body, parent),
      missing: new Map(),
      unknown: new Map(),
    };
    groups.set(key, group);
    const names = keyword === 'required' ? group.missing : group.unknown;
    if (!names.has(property)) names.set(property, parent);
  }
  return [...groups.values()];
}

/** All objects at a path, whatever its indices. */
function objectsAt(body: unknown, path: Path): readonly JsonObject[] {
  let values: readonly unknown[] = [body];
  for (const part of path) {
    values = values.flatMap((value) => {
      if (typeof part === 'number') return Array.isArray(value) ? value : [];
      return isObject(value) && has(value, part) ? [value[part]] : [];
    });
  }
  return values.filter(isObject);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Only what came in the JSON counts: every object inherits a `constructor`. */
export function has(object: JsonObject, name: string): boolean {
  return Object.hasOwn(object, name);
}
