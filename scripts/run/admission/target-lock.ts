import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '../../foundation/cache-folder.ts';
import { HarnessError, usageError } from '../../foundation/errors.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import type { Io } from '../../foundation/io.ts';
import { instant } from '../../foundation/text/format.ts';
import { printable } from '../../foundation/text/printable.ts';
import { type Claim, claim, HeldError } from './claim.ts';

export interface TargetLockRequest {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** For whoever finds it locked: the command. */
  readonly what: string;
  /** The longest that it can be needed. */
  readonly lengthMs: number;
}

/**
 * One run a target and key at a time: two would measure each other's load. The lock lies in the user's cache folder, under
 * a salted hash of target and key, and ends with its process however that ends.
 * @throws HarnessError (7) that names the run under way, (2) where the cache folder cannot be written
 */
export async function lockTarget(request: TargetLockRequest, io: Pick<Io, 'env' | 'cwd'>): Promise<Claim> {
  const { baseUrl, apiKey, what, lengthMs } = request;
  const locks = join(cacheRoot(io), 'locks');
  try {
    const folder = join(locks, nameOf(baseUrl, apiKey, await salt(locks)));
    return await claim(folder, { what, lengthMs, waitMs: 0 });
  } catch (error) {
    if (error instanceof HeldError) throw busy(error, new URL(baseUrl).host);
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw usageError(`cannot lock the target in ${locks}: ${error.message}; set another folder in FINI_HARNESS_CACHE`, {
      cause: error,
    });
  }
}

function busy({ holder: { what, pid, host, since }, path }: HeldError, target: string): HarnessError {
  const who = printable(`${what} (process ${pid} on ${host}, since ${instant(since)})`);
  return new HarnessError(
    EXIT.refused,
    `another run is sending to ${target} with this key, and the two would affect each other: ${who}: wait until it ends; ` +
      `if you are sure that it has ended, remove ${path}`,
  );
}

const HASH_DIGITS = 24;

/** Nobody who sees the lock can tell from it which key it stands for. */
function nameOf(baseUrl: string, apiKey: string, secret: string): string {
  const { origin } = new URL(baseUrl);
  return createHash('sha256').update(`${secret}\n${origin}\n${apiKey}`).digest('hex').slice(0, HASH_DIGITS);
}

/** Random, made once a user; of several that make it at once the first one's stays. */
async function salt(locks: string): Promise<string> {
  const path = join(locks, 'salt');
  const known = await readFile(path, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  await mkdir(locks, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  await writeFile(draft, randomBytes(16).toString('hex'), { mode: 0o600 });
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return readFile(path, 'utf8');
}
