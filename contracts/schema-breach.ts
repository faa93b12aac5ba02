import { type Breach, type Path, typeOf } from './breach.ts';
import type { SchemaError } from './generated/validators.js';
import { itemSchema, propertySchemas, type Schema, schemaAt, typesOf } from './schema.ts';
import type { Expected } from './violation.ts';

/** A value that its schema refuses, by the keyword that refused it. */
export interface SchemaBreach extends Breach {
  readonly keyword: string;
}

/** A property that is missing from an object, or one that no schema knows. */
export interface PropertyError {
  readonly keyword: 'required' | 'additionalProperties';
  /** Of the object, below the body. */
  readonly parent: Path;
  readonly property: string;
}

/** Ajv's errors with their values: of single values, and of the presence of properties. */
export function schemaBreaches(
  schema: Schema,
  body: unknown,
  errors: readonly SchemaError[],
): { readonly values: readonly SchemaBreach[]; readonly properties: readonly PropertyError[] } {
  const values: SchemaBreach[] = [];
  const properties: PropertyError[] = [];
  const refused = new Set<string>();
  for (const { keyword, instancePath, params } of errors) {
    const { path, value } = follow(body, instancePath);
    if (keyword === 'required' || keyword === 'additionalProperties') {
      const property = String(params.missingProperty ?? params.additionalProperty);
      properties.push({ keyword, parent: path, property });
      // One value breaks at most one rule: its type goes before its format.
    } else if (!refused.has(instancePath)) {
      refused.add(instancePath);
      values.push(breachOf(keyword, ['body', ...path], schemaAt(schema, path) ?? {}, value));
    }
  }
  return { values, properties };
}

/** A value of another type than those that an enum or const lists has another type first of all. */
function breachOf(keyword: string, path: Path, schema: Schema, value: unknown): SchemaBreach {
  const isListed = keyword === 'enum' || keyword === 'const';
  if (isListed && !typesOf(schema).includes(typeOf(value))) {
    return { keyword: 'type', path, expected: { type: typesOf(schema) }, value };
  }
  return { keyword, path, expected: expectedOf(schema), value };
}

/** More items of an array, or unknown properties of an object, are not looked at: each may have several errors. */
const MOST_PARTS = 1_000;

/** A body with as many items and properties as can be judged one by one. It goes as deep as the schema, not as the body. */
export function withFewParts(schema: Schema, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = itemSchema(schema);
    return items === undefined ? value : value.slice(0, MOST_PARTS).map((item) => withFewParts(items, item));
  }
  const schemas = propertySchemas(schema);
  if (schemas === undefined) return value;
  const isKnown = (name: string): boolean => Object.hasOwn(schemas, name);
  const entries = Object.entries(value);
  const known = entries.flatMap(([name, item]) =>
    isKnown(name) ? [[name, withFewParts(schemas[name] ?? {}, item)] as const] : [],
  );
  return Object.fromEntries([...known, ...entries.filter(([name]) => !isKnown(name)).slice(0, MOST_PARTS)]);
}

/** The value at a JSON pointer and the pointer's parts, with numbers for the indices of arrays. */
function follow(body: unknown, pointer: string): { path: Path; value: unknown } {
  const path: (string | number)[] = [];
  let value = body;
  for (const text of pointer.split('/').slice(1)) {
    const key = text.replace(/~1/g, '/').replace(/~0/g, '~');
    path.push(Array.isArray(value) ? Number(key) : key);
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return { path, value };
}

/** What a schema allows, as small data. */
export function expectedOf(schema: Schema): Expected {
  const { format, pattern, const: only, enum: values, 'x-unit': unit } = schema;
  if (only !== undefined) return { const: only as string };
  if (values !== undefined) return { enum: values as string[] };
  const types = typesOf(schema);
  return {
    type: types.length === 1 ? (types[0] as string) : types,
    ...(format === undefined ? {} : { format }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(unit === undefined ? {} : { unit }),
  };
}
