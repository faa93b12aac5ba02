import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';

export type JsonSchema = { readonly [keyword: string]: unknown };

/** One schema of the project; `name` is its file name without `.schema.json`. */
export interface SchemaFile {
  readonly name: string;
  readonly folder: 'api' | 'files';
  readonly text: string;
  readonly schema: JsonSchema & { readonly $id: string; readonly title: string };
}

export const CONTRACTS = join(PACKAGE_ROOT, 'contracts');
const SUFFIX = '.schema.json';

/** Every schema under contracts/api and contracts/files, in the order of their names. */
export async function readSchemas(): Promise<readonly SchemaFile[]> {
  const folders = await Promise.all((['api', 'files'] as const).map(readFolder));
  return folders.flat();
}

async function readFolder(folder: SchemaFile['folder']): Promise<SchemaFile[]> {
  const names = (await readdir(join(CONTRACTS, folder))).filter((name) => name.endsWith(SUFFIX)).sort();
  return Promise.all(
    names.map(async (file) => {
      const text = await readFile(join(CONTRACTS, folder, file), 'utf8');
      return { name: basename(file, SUFFIX), folder, text, schema: JSON.parse(text) };
    }),
  );
}

/** The schema with `change` applied to each of its objects, innermost first. */
export function rewrite(node: unknown, change: (object: Record<string, unknown>) => Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((item) => rewrite(item, change));
  if (typeof node !== 'object' || node === null) return node;
  return change(Object.fromEntries(Object.entries(node).map(([key, value]) => [key, rewrite(value, change)])));
}
