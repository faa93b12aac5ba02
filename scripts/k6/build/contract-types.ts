import { compile } from 'json-schema-to-typescript';
import { type JsonSchema, rewrite, type SchemaFile } from './contract-schemas.ts';

/** The type-only module of one schema: each `title` is a type's name; other schemas that it refers to are repeated in it. */
export async function typesOf(file: SchemaFile, all: readonly SchemaFile[]): Promise<string> {
  const read = ({ url }: { url: string }) => {
    const target = all.find(({ schema }) => schema.$id === url.split('#')[0]);
    if (target === undefined)
      throw new Error(`${file.name}.schema.json refers to ${url}, which no schema here has as $id`);
    return JSON.stringify(forTypes(target.schema));
  };
  const code = await compile(forTypes(file.schema), file.schema.title, {
    bannerComment: `// Generated from contracts/${file.folder}/${file.name}.schema.json by scripts/k6/build/contracts.ts.`,
    unreachableDefinitions: true,
    additionalProperties: false,
    format: false,
    $refOptions: { resolve: { http: { read } } },
  });
  return withoutBacklinks(code);
}

const BACKLINK = String.raw`[ \t]*\* This interface was referenced by .*\n[ \t]*\* via the .definition. ".*"\.\n`;

/** Where a type is used is said by the types that use it. */
const withoutBacklinks = (code: string): string =>
  code
    .replaceAll(new RegExp(String.raw`[ \t]*/\*\*\n${BACKLINK}[ \t]*\*/\n`, 'g'), '')
    .replaceAll(new RegExp(String.raw`[ \t]*\*[ ]?\n${BACKLINK}`, 'g'), '');

/**
 * What the type compiler should see: a `$ref` without neighbours (with them it makes a second type, Share1),
 * no `anyOf` of required properties (it makes an intersection that says no more), and objects of unknown properties open.
 */
function forTypes(schema: JsonSchema): JsonSchema {
  return rewrite(schema, (object) => {
    if (typeof object.$ref === 'string') return { $ref: object.$ref };
    const { anyOf: alternatives, ...rest } = object;
    const type = Array.isArray(alternatives) && alternatives.every((item) => 'required' in item) ? rest : object;
    const isOpen = [type.type].flat().includes('object') && type.properties === undefined;
    return isOpen ? { additionalProperties: true, ...type } : type;
  }) as JsonSchema;
}
