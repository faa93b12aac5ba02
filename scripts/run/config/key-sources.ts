import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { usageError } from '../../foundation/errors.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';
import type { Environment } from './environment.ts';

/** Where the API key is, if it is not in the environment. */
export interface KeyFlags {
  readonly keyFile?: string | undefined;
  readonly keyStdin?: boolean | undefined;
}

const KEY_FILE = /^(FINI_.*KEY)_FILE$/;
/** No key is longer; something else was named. */
const MOST_CHARS = 4_096;

/**
 * The environment with the keys that files and standard input hold: `--key-file`, `--key-stdin`, and for each FINI_*KEY
 * variable one with `_FILE` behind it.
 * @throws HarnessError (2) that names the place, never what stands there
 */
export async function withKeys(
  { keyFile, keyStdin = false }: KeyFlags,
  env: Environment,
  { cwd, readStdin }: { readonly cwd: string; readonly readStdin: () => Promise<string> },
): Promise<Environment> {
  if (keyFile !== undefined && keyStdin) throw usageError('--key-file and --key-stdin cannot be combined: use one');
  const keys: Record<string, string> = {};
  for (const [variable, path = ''] of Object.entries(env)) {
    const name = KEY_FILE.exec(variable)?.[1];
    const isOverruled = name === 'FINI_API_KEY' && (keyFile !== undefined || keyStdin);
    if (name === undefined || path === '' || isOverruled) continue;
    if (env[name]) throw usageError(`${name} and ${variable} are both set: unset one`);
    keys[name] = keyOf(variable, fileText(variable, resolve(cwd, path)));
  }
  if (keyFile !== undefined) keys.FINI_API_KEY = keyOf('--key-file', fileText('--key-file', resolve(cwd, keyFile)));
  if (keyStdin) keys.FINI_API_KEY = keyOf('--key-stdin', await readStdin());
  return { ...env, ...keys };
}

function fileText(source: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw usageError(`${source}: cannot read ${path}: ${readTrouble(error)}`, { cause: error });
  }
}

function keyOf(source: string, text: string): string {
  const key = text.trim();
  if (key === '') throw usageError(`${source}: it contains no key`);
  if (key.length > MOST_CHARS || /\s/.test(key)) throw usageError(`${source}: must contain only the key, on one line`);
  return key;
}

const KEY_FLAG = /^--?(?:(?:fini[-_])?api[-_]?key|key|token|auth(?:orization)?|bearer|secret)(?:=|$)/i;
const LIKE_A_KEY = /\bfini_(?:[a-z]+_)*(?=[A-Za-z]*\d)[A-Za-z0-9]{16,}\b/;
const LEAST_KEY = 8;

/**
 * Every user of a machine can read the arguments of its processes, and shells keep them.
 * @throws HarnessError (2) where they hold a key, without showing it
 */
export function assertNoKeyIn(argv: readonly string[], env: Environment): void {
  const keys = Object.entries(env)
    .filter(([name]) => /^FINI_.*KEY$/.test(name))
    .map(([, value = '']) => value.trim())
    .filter(({ length }) => length >= LEAST_KEY);
  const isKey = (arg: string): boolean =>
    KEY_FLAG.test(arg) || LIKE_A_KEY.test(arg) || keys.some((key) => arg.includes(key));
  if (!argv.some(isKey)) return;
  throw usageError(
    'no flag takes an API key: other users of this machine can read it there, and the shell stores it in its history. ' +
      'Set FINI_API_KEY, or use --key-file or --key-stdin, and replace the key that you typed',
  );
}
