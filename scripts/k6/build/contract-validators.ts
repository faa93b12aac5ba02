import { join } from 'node:path';
import { Ajv } from 'ajv';
import { build } from 'esbuild';
import { FORMATS } from '../../../contracts/formats.ts';
import { CONTRACTS, type JsonSchema, rewrite, type SchemaFile } from './contract-schemas.ts';
import { firstErrorCode, typedNames } from './first-error-code.ts';
import { standaloneCode } from './standalone-code.ts';

const TEXTS = ['$schema', '$id', 'title', 'description', 'x-assumption'];
/** What says nothing about validity. */
const NOTES = [...TEXTS, 'x-unit'];

/** The answers of the API that have validators: schema name, type name. */
const ANSWERS = {
  events: 'Events',
  error: 'ErrorEnvelope',
  agents: 'Agents',
  conversation: 'Conversation',
  'conversation-page': 'ConversationPage',
} as const;

/**
 * Self-contained validators, without Ajv at run time. For each answer there are two. `isEvents` reads as a tolerant
 * client does, stops at the first error, and runs on every answer; `additionalProperties: false` would compare every key
 * with every name there, so unknown properties are found otherwise (contracts/sound.ts). `eventsErrors` names all
 * errors, unknown properties too, and runs only when something is wrong. `eventsSchema` is what they were made of.
 */
export async function validatorsOf(all: readonly SchemaFile[]): Promise<{ code: string; types: string }> {
  const api = all.filter(({ folder }) => folder === 'api');
  const first = compileAll(api, false);
  const every = compileAll(api, true);
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from 'first';\nexport * from 'every';\nexport * from 'schemas';`,
      resolveDir: join(CONTRACTS, 'generated'),
    },
    plugins: [inMemory({ first, every, schemas: schemasOf(api) })],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2020',
    platform: 'neutral',
    minify: true,
    banner: { js: '// Generated from contracts/api/*.schema.json by scripts/k6/build/contracts.ts.' },
    logLevel: 'silent',
  });
  return { code: outputFiles[0]?.text ?? '', types: declarations() };
}

/**
 * Ajv's default dialect, not its 2020 one, which tracks evaluated properties at run time: the schemas use only keywords
 * that mean the same in both (a test compiles them with the 2020 dialect in strict mode).
 */
function compileAll(schemas: readonly SchemaFile[], allErrors: boolean): string {
  const ajv = new Ajv({
    allErrors,
    messages: false,
    formats: { ...FORMATS },
    strictTypes: false,
    code: { source: true, esm: true, lines: true, optimize: 2 },
    unicodeRegExp: false,
  });
  const exported: Record<string, string> = {};
  const compiled = Object.keys(ANSWERS).map((name) => {
    const plain = plainSchema(schemas, name, NOTES);
    const schema = allErrors ? plain : open(plain);
    ajv.addSchema(schema, name);
    exported[validatorName(name, allErrors)] = name;
    return schema;
  });
  const code = standaloneCode(ajv, exported);
  return allErrors ? code : firstErrorCode(code, typedNames(compiled));
}

/** The schemas as data, for who asks what stands at a place. */
function schemasOf(schemas: readonly SchemaFile[]): string {
  return Object.keys(ANSWERS)
    .map((name) => `export const ${camel(name)}Schema = ${JSON.stringify(plainSchema(schemas, name, TEXTS))};`)
    .join('\n');
}

/** The schema with every `$ref` replaced by its target, so that it compiles to one function, and without annotations. */
function plainSchema(schemas: readonly SchemaFile[], name: string, notes: readonly string[]): JsonSchema {
  const targets = new Map<unknown, unknown>();
  for (const { schema } of schemas) {
    targets.set(schema.$id, schema);
    for (const [key, value] of Object.entries(schema.$defs ?? {})) {
      targets.set(`#/$defs/${key}`, value);
      targets.set(`${schema.$id}#/$defs/${key}`, value);
    }
  }
  const plain = (node: unknown): unknown =>
    rewrite(node, (object) =>
      object.$ref === undefined ? without(notes, object) : (plain(targets.get(object.$ref)) as Record<string, unknown>),
    );
  return plain(targets.get(`https://fini-harness.dev/api/${name}.schema.json`)) as JsonSchema;
}

/** Without what says nothing about validity. A property may be called `title`: only a note's value is text. */
function without(notes: readonly string[], object: Record<string, unknown>): Record<string, unknown> {
  const isNote = ([key, value]: [string, unknown]) =>
    key === '$defs' || (typeof value === 'string' && notes.includes(key));
  return Object.fromEntries(Object.entries(object).filter((entry) => !isNote(entry)));
}

/** The schema as a tolerant reader has it: properties that it does not know are no error. */
function open(schema: JsonSchema): JsonSchema {
  return rewrite(schema, ({ additionalProperties, ...rest }) => rest) as JsonSchema;
}

/** `events` -> `isEvents`, or `eventsErrors` for the validator of all errors. */
function validatorName(name: string, allErrors: boolean): string {
  const base = camel(name);
  return allErrors ? `${base}Errors` : `is${base.charAt(0).toUpperCase()}${base.slice(1)}`;
}

const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

function declarations(): string {
  const names = Object.keys(ANSWERS) as (keyof typeof ANSWERS)[];
  return [
    '// Generated by scripts/k6/build/contracts.ts.',
    ...names.map((name) => `import type { ${ANSWERS[name]} } from './${name}.ts';`),
    `/** One failed keyword, as Ajv tells it: https://ajv.js.org/api.html#error-objects */`,
    'export interface SchemaError { readonly instancePath: string; readonly schemaPath: string; readonly keyword: string; readonly params: Readonly<Record<string, unknown>> }',
    '/** Tells whether a value is valid; afterwards `errors` holds every error of that call, or null. */',
    'export interface Validator { (value: unknown): boolean; errors?: readonly SchemaError[] | null }',
    ...names.map((name) => `export function ${validatorName(name, false)}(value: unknown): value is ${ANSWERS[name]};`),
    ...names.map((name) => `export const ${validatorName(name, true)}: Validator;`),
    '/** A JSON Schema without references. */',
    'export type PlainSchema = Readonly<Record<string, unknown>>;',
    ...names.map((name) => `export const ${camel(name)}Schema: PlainSchema;`),
    '',
  ].join('\n');
}

function inMemory(modules: Readonly<Record<string, string>>): import('esbuild').Plugin {
  return {
    name: 'in-memory',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(first|every|schemas)$/ }, ({ path }) => ({ path, namespace: 'memory' }));
      onLoad({ filter: /.*/, namespace: 'memory' }, ({ path }) => ({ contents: modules[path] ?? '', loader: 'js' }));
    },
  };
}
