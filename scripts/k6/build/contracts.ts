import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONTRACTS, readSchemas, type SchemaFile } from './contract-schemas.ts';
import { writeChanged } from './write-changed.ts';

const GENERATED = join(CONTRACTS, 'generated');
const STAMP = join(GENERATED, '.inputs');
const BUILDERS = [
  'contracts.ts',
  'contract-schemas.ts',
  'contract-types.ts',
  'contract-validators.ts',
  'first-error-code.ts',
];

/**
 * Generates contracts/generated/ from the schemas: one type-only module a schema, and the standalone validators.
 * Does nothing when no input has changed since the last time.
 */
export async function buildContracts(): Promise<void> {
  const schemas = await readSchemas();
  const inputs = await fingerprint(schemas);
  if ((await readFile(STAMP, 'utf8').catch(() => '')) === inputs) return;
  // Loaded only when there is something to build: both are slow to load.
  const { typesOf } = await import('./contract-types.ts');
  const { validatorsOf } = await import('./contract-validators.ts');
  const validators = await validatorsOf(schemas);
  const modules = await Promise.all(
    schemas.map(async (file) => [`${file.name}.ts`, await typesOf(file, schemas)] as const),
  );
  await rm(STAMP, { force: true });
  await write('validators.js', validators.code);
  await write('validators.d.ts', validators.types);
  for (const [name, text] of modules) await write(name, text);
  await writeChanged(STAMP, inputs);
}

const write = (name: string, text: string): Promise<void> => writeChanged(join(GENERATED, name), text);

async function fingerprint(schemas: readonly SchemaFile[]): Promise<string> {
  const hash = createHash('sha256');
  for (const { folder, name, text } of schemas) hash.update(`${folder}/${name}\n${text}`);
  for (const file of BUILDERS) hash.update(await readFile(new URL(file, import.meta.url)));
  hash.update(await readFile(join(CONTRACTS, 'formats.ts')));
  hash.update(await readFile(join(CONTRACTS, '..', 'package.json')));
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildContracts();
