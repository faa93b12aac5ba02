import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { usageError } from '../../foundation/errors.ts';
import type { Io } from '../../foundation/io.ts';

export type Environment = Io['env'];

/** The process's variables, and those of `.env` in the working folder that the process does not set. Empty ones count as not set. */
export function environmentOf(io: Pick<Io, 'env' | 'cwd'>): Environment {
  const set = Object.entries(io.env).filter(([, value]) => value !== undefined && value !== '');
  return { ...readDotenv(join(io.cwd, '.env')), ...Object.fromEntries(set) };
}

function readDotenv(path: string): Record<string, string> {
  try {
    return parse(readFileSync(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    throw usageError(`cannot read ${path}: ${message}`, { cause: error });
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
  if (!PRINTABLE.test(key)) {
    throw usageError('FINI_API_KEY holds a blank or a character that no key has: copy it again, without quotes');
  }
  return key;
}

const PRINTABLE = /^[!-~]+$/;
