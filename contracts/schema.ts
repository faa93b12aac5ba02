import { type Path, typeOf } from './breach.ts';
import { FORMATS } from './formats.ts';
import { isEpochMs } from './timestamp.ts';

/** A JSON Schema as far as the answers to a turn use it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly 'x-unit'?: string;
}

/** The schema of the value at a path below the body; undefined where no schema speaks of it. */
export function schemaAt(schema: Schema, path: Path): Schema | undefined {
  let node: Schema | undefined = schema;
  for (const part of path) {
    node = typeof part === 'number' ? node?.items : node?.properties?.[part];
  }
  return node;
}

/** The schema of an array's items, where it says anything of them. */
export const itemSchema = (schema: Schema): Schema | undefined => schema.items;

/** The schemas of an object's properties, where it names any. */
export const propertySchemas = (schema: Schema): Readonly<Record<string, Schema>> | undefined => schema.properties;

/** The types that a schema allows. */
export function typesOf({ type, const: only, enum: values }: Schema): readonly string[] {
  if (type !== undefined) return [type].flat();
  return [...new Set((values ?? [only]).map(typeOf))];
}

/** Whether a value could be one of this property: type, format, unit; for guessing what a property was renamed to. */
export function fits(schema: Schema, value: unknown): boolean {
  if (schema.enum !== undefined) return schema.enum.includes(value);
  if (schema.const !== undefined) return schema.const === value;
  if (!typesOf(schema).includes(typeOf(value))) return false;
  if (typeof value === 'number' && schema['x-unit'] === 'ms') return isEpochMs(value);
  return typeof value !== 'string' || schema.format === undefined || (FORMATS[schema.format]?.test(value) ?? true);
}
