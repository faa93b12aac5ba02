import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Overlay, OverlayValue } from '../../../contracts/generated/overlay.ts';
import type { Schema } from '../../../contracts/schema.ts';
import { usageError } from '../../foundation/errors.ts';
import { didYouMean } from '../../foundation/nearest.ts';
import { CONTRACTS, type JsonSchema, readSchemas, rewrite, type SchemaFile } from './contract-schemas.ts';
import { contradiction, newPartAjv, partTrouble } from './overlay-part.ts';
import { type Place, placesOf, propertyPlace } from './overlay-places.ts';

/** What a schema says of values: a decision on the type replaces all of it. */
const OF_VALUES = ['type', 'enum', 'const', 'format', 'pattern'];

/**
 * The schemas of the contract with a project's overlay. Each place is named as in docs/contract.md.
 * @throws HarnessError (2) for a place that is not there, and for what contradicts the contract or its own example
 */
export async function overlaidSchemas(overlay: Overlay): Promise<readonly SchemaFile[]> {
  const schemas: readonly SchemaFile[] = structuredClone(await readSchemas());
  for (const [place, part] of Object.entries(overlay.assumptions ?? {})) {
    decide(schemas, place, part as Schema);
    await assertExample(schemas, `assumptions: ${place}`);
  }
  for (const [place, part] of Object.entries(overlay.properties ?? {})) allow(schemas, place, part as Schema);
  for (const [place, values] of Object.entries(overlay.values ?? {})) openList(schemas, place, values);
  return schemas;
}

function decide(schemas: readonly SchemaFile[], name: string, part: Schema): void {
  const where = `assumptions: ${name}`;
  const places = placesOf(schemas);
  const assumed = [...places.values()].filter(({ isAssumed }) => isAssumed).map((place) => place.name);
  const place = placeAt(places, { name, where, known: assumed });
  if (!place.isAssumed) {
    throw usageError(
      `${where} is documented, not assumed: an overlay cannot change it${didYouMean(name, assumed)}\nAssumptions: ${assumed.join(', ')}.`,
    );
  }
  const { schema } = place;
  if ('properties' in schema && ('properties' in part || 'required' in part)) {
    throw usageError(`${where} is an object of the contract: give its property, ${name}/properties/<name>`);
  }
  const target = schema as Record<string, unknown>;
  const trouble = partTrouble(part) ?? contradiction(schema, part);
  if (trouble !== undefined) throw usageError(`${where} ${trouble}`);
  for (const keyword of 'type' in part ? OF_VALUES : Object.keys(part)) delete target[keyword];
  delete target['x-assumption'];
  Object.assign(target, part);
  const mixed = partTrouble(withoutReferences(target) as Schema);
  if (mixed !== undefined) throw usageError(`${where} ${mixed}`);
}

/** What a part says itself: the schemas that it refers to are checked at their own places. */
const withoutReferences = (part: unknown): unknown => rewrite(part, ({ $ref, $id, $schema, $defs, ...rest }) => rest);

function allow(schemas: readonly SchemaFile[], name: string, part: Schema): void {
  const where = `properties: ${name}`;
  const places = placesOf(schemas);
  const objects = [...places.values()].filter(({ schema }) => 'properties' in schema).map((place) => place.name);
  const { parent, property } = propertyPlace(name) ?? {};
  if (parent === undefined || property === undefined) {
    throw usageError(`${where} is not a property: write ${objects[0]}/properties/<name>`);
  }
  if (places.has(name)) {
    throw usageError(`${where} is in the contract already: put it under "assumptions" or "values" to change it`);
  }
  const place = placeAt(places, { name: parent, where, known: objects });
  if (!('properties' in place.schema)) throw usageError(`${where}: ${parent} is not an object of the contract`);
  const trouble = partTrouble(part);
  if (trouble !== undefined) throw usageError(`${where} ${trouble}`);
  Object.assign(place.schema.properties as object, { [property]: part });
}

function openList(schemas: readonly SchemaFile[], name: string, values: readonly OverlayValue[]): void {
  const where = `values: ${name}`;
  const places = placesOf(schemas);
  const listOf = ({ enum: many, const: one }: JsonSchema) => (many ?? (one === undefined ? [] : [one])) as unknown[];
  const lists = [...places.values()].filter(({ schema }) => listOf(schema).length > 0).map((place) => place.name);
  const { schema } = placeAt(places, { name, where, known: lists });
  if (listOf(schema).length === 0) {
    throw usageError(`${where} has no closed list of values\nThere are ${lists.join(', ')}.`);
  }
  const target = schema as Record<string, unknown>;
  target.enum = [...new Set([...listOf(schema), ...values])];
  delete target.const;
  const trouble = partTrouble(target as Schema);
  if (trouble !== undefined) throw usageError(`${where} ${trouble}`);
}

interface Wanted {
  readonly name: string;
  readonly where: string;
  /** The places that would do. */
  readonly known: readonly string[];
}

function placeAt(places: ReadonlyMap<string, Place>, { name, where, known }: Wanted): Place {
  const place = places.get(name);
  if (place !== undefined) return place;
  throw usageError(
    `${where} is not a place in the contract${didYouMean(name, known) || `\nThere are ${known.join(', ')}.`}`,
  );
}

/** An overlay may not refuse what the reference itself shows. */
async function assertExample(schemas: readonly SchemaFile[], where: string): Promise<void> {
  const ajv = newPartAjv();
  for (const { folder, schema } of schemas) {
    const { $schema, ...plain } = schema as JsonSchema;
    if (folder === 'api') ajv.addSchema(plain);
  }
  const validate = ajv.getSchema('https://fini-harness.dev/api/events.schema.json');
  if (validate === undefined || validate(await documentedEvents())) return;
  const [error] = validate.errors ?? [];
  throw usageError(
    `${where} contradicts the reference, whose own example would be invalid: ${error?.instancePath} ${error?.message}`,
  );
}

/** The answer that the reference shows. */
async function documentedEvents(): Promise<unknown> {
  const { components } = parse(await readFile(join(CONTRACTS, 'openapi.yaml'), 'utf8')) as {
    components: { examples: { Events: { value: unknown } } };
  };
  return components.examples.Events.value;
}
