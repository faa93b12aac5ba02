import type { JsonSchema, SchemaFile } from './contract-schemas.ts';

/** A place of the contract: a schema by its name, and a JSON pointer in it. */
export interface Place {
  /** `event#/properties/csatRating`. */
  readonly name: string;
  readonly schema: JsonSchema;
  /** Whether the contract only assumes what it says here: it, or a schema around it, has an `x-assumption`. */
  readonly isAssumed: boolean;
}

const INSIDE = ['properties', '$defs'] as const;

/** Every place of the answers, by its name; requests are the harness's own. */
export function placesOf(schemas: readonly SchemaFile[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const visit = (name: string, schema: JsonSchema, around: boolean): void => {
    const isAssumed = around || 'x-assumption' in schema;
    places.set(name, { name, schema, isAssumed });
    for (const key of INSIDE) {
      const parts = (schema[key] ?? {}) as Readonly<Record<string, JsonSchema>>;
      for (const [part, inner] of Object.entries(parts)) visit(`${name}/${key}/${escaped(part)}`, inner, isAssumed);
    }
    if (schema.items !== undefined) visit(`${name}/items`, schema.items as JsonSchema, isAssumed);
  };
  for (const { folder, name, schema } of schemas) {
    if (folder === 'api' && name !== 'request') visit(`${name}#`, schema, false);
  }
  return places;
}

/** `event#/properties/mood` -> `event#` and `mood`; undefined where a place is no property. */
export function propertyPlace(place: string): { readonly parent: string; readonly property: string } | undefined {
  const [, parent = '', token = ''] = /^(.*)\/properties\/([^/]+)$/.exec(place) ?? [];
  const property = token.replaceAll('~1', '/').replaceAll('~0', '~');
  return property === '' ? undefined : { parent, property };
}

const escaped = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');
