import { stat } from 'node:fs/promises';

/** Tells whether files have changed, without reading them; a file that is not there has a version, too. */
export async function versionOf(paths: readonly string[]): Promise<string> {
  const found = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)));
  return found.map((file) => (file === undefined ? '-' : `${file.ino} ${file.size} ${file.mtimeMs}`)).join('; ');
}

/** Remembers what was made of files until they change; of many, the latest used. */
export function remembered<T>(most: number): (key: string, version: string, make: () => Promise<T>) => Promise<T> {
  const known = new Map<string, { readonly version: string; readonly value: T }>();
  return async (key, version, make) => {
    const before = known.get(key);
    known.delete(key);
    const entry = before?.version === version ? before : { version, value: await make() };
    known.set(key, entry);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return entry.value;
  };
}
