import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { usageError } from '../../foundation/errors.ts';
import { parseFile } from '../../foundation/parse-file.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';
import type { Layer } from './layers.ts';

export const CONFIG_FILE = 'fini-harness.config.json';
const TYPED_CONFIG_FILE = 'fini-harness.config.ts';
const MODULES = ['.ts', '.mts', '.js', '.mjs'];

/**
 * A configuration file, as JSON or as a module whose default export it is. The named file must exist; the one that is looked
 * for by default need not.
 * @throws HarnessError (2)
 */
export async function readConfigFile(path: string | undefined, cwd: string): Promise<Layer | undefined> {
  const name = path ?? defaultName(cwd);
  if (name === undefined) return undefined;
  const file = resolve(cwd, name);
  const values = MODULES.includes(extname(file)) ? await readModule(name, file) : await readJson(name, file);
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw usageError(`${name}: the configuration must be ${extname(file) === '.json' ? 'a JSON object' : 'an object'}`);
  }
  return { name, values: { ...values }, nameOf: (pointer) => `${name}: ${pointer}` };
}

function defaultName(cwd: string): string | undefined {
  const found = [CONFIG_FILE, TYPED_CONFIG_FILE].filter((name) => existsSync(join(cwd, name)));
  if (found.length < 2) return found[0];
  throw usageError(`${found.join(' and ')} both exist: remove one of them, or select one with --config`);
}

async function readJson(name: string, file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw usageError(`cannot read the configuration ${name}: ${readTrouble(error)}`, { cause: error });
  }
  try {
    return parseFile(text);
  } catch (error) {
    throw usageError(`${name} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** What the module exports by default, as the JSON that the plan keeps of it. */
async function readModule(name: string, file: string): Promise<unknown> {
  if (!existsSync(file)) throw usageError(`cannot read the configuration ${name}: there is no such file`);
  // Loaded only for a module: esbuild is slow to load.
  const { bundleModule } = await import('../../k6/build/bundle-module.ts');
  const outfile = join(dirname(file), '.fini-harness', 'config.mjs');
  await mkdir(dirname(outfile), { recursive: true });
  await bundleModule(file, outfile).catch((error: Error) => {
    throw usageError(`${name} does not compile: ${error.message}`, { cause: error });
  });
  const module: { default?: unknown } = await import(`${pathToFileURL(outfile).href}?${Date.now()}`).catch(
    (error: Error) => {
      throw usageError(`${name} throws when loaded: ${error.message}`, { cause: error });
    },
  );
  if (module.default === undefined)
    throw usageError(`${name} has no default export: export default defineConfig({...})`);
  return JSON.parse(JSON.stringify(module.default) ?? 'null');
}
