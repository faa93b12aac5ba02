import { resolve } from 'node:path';
import envPaths from 'env-paths';
import type { Io } from './io.ts';

/** Where the harness keeps what belongs to this user and machine, not to a project: FINI_HARNESS_CACHE, or the user's cache folder. */
export function cacheRoot(io: Pick<Io, 'env' | 'cwd'>): string {
  return resolve(io.cwd, io.env.FINI_HARNESS_CACHE || envPaths('fini-harness', { suffix: '' }).cache);
}
