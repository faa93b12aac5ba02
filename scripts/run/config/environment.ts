import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { usageError } from '../../foundation/errors.ts';
import type { Io } from '../../foundation/io.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';

export type Environment = Io['env'];

const OWN = /^FINI_/;

/**
 * The process's variables, and those of `.env` in the working folder that the process does not set. An empty one counts as
 * not set; one of the harness's own stays empty where nothing else sets it, since somebody meant to set it.
 */
export function environmentOf(io: Pick<Io, 'env' | 'cwd'>): Environment {
  const set = Object.entries(io.env).filter(([, value]) => value !== undefined && value !== '');
  const empty = Object.entries(io.env).filter(([name, value]) => OWN.test(name) && value === '');
  return { ...Object.fromEntries(empty), ...readDotenv(join(io.cwd, '.env')), ...Object.fromEntries(set) };
}

function readDotenv(path: string): Record<string, string> {
  try {
    return parse(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw usageError(`cannot read ${path}: ${readTrouble(error)}`, { cause: error });
  }
}

/**
 * The workspace's API key, which only the environment holds.
 * @throws HarnessError (2) without one, or with one that no HTTP header can carry
 */
export function apiKeyOf(env: Environment): string {
  const key = env.FINI_API_KEY?.trim() ?? '';
  if (key === '') {
    throw usageError('no API key: set FINI_API_KEY in the environment or in .env (never in a flag or a shared file)');
  }
  assertLikeKey('FINI_API_KEY', key);
  return key;
}

/**
 * Whether a further key is there, such as FINI_READ_KEY.
 * @throws HarnessError (2) for one that cannot be a key
 */
export function hasKey(env: Environment, name: string): boolean {
  const key = env[name]?.trim() ?? '';
  if (key !== '') assertLikeKey(name, key);
  return key !== '';
}

/** The service would only answer 401, as to a wrong key. */
function assertLikeKey(name: string, key: string): void {
  if (QUOTED.test(key)) {
    throw usageError(`${name} has quotes around the key, which would be sent as a part of it: set it without quotes`);
  }
  if (!PRINTABLE.test(key)) {
    throw usageError(
      `${name} contains a blank or a character that is not allowed in a key: copy it again, without quotes`,
    );
  }
}

const PRINTABLE = /^[!-~]+$/;
/** Straight or typographic, at one end at least. */
const QUOTED = /^["'`\u2018-\u201f\u00ab\u00bb]|["'`\u2018-\u201f\u00ab\u00bb]$/;
