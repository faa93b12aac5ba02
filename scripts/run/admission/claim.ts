import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { livenessOf, type Owner, thisProcess } from '../../foundation/owner.ts';
import { writeAtomic } from '../../foundation/write-atomic.ts';

/** Who holds a lock, and what for. */
export interface Holder extends Owner {
  /** For people: the command, and where its results go. */
  readonly what: string;
  /** Epoch ms. */
  readonly since: number;
  /** Epoch ms: where nobody can look whether the process is still there, it counts until then. */
  readonly until: number;
}

export interface Claim {
  readonly release: () => Promise<void>;
}

/** Somebody else holds the lock. */
export class HeldError extends Error {
  override readonly name = 'HeldError';

  constructor(
    readonly holder: Holder,
    /** The file that stands for the lock. */
    readonly path: string,
  ) {
    super(`held by process ${holder.pid} on ${holder.host}`);
  }
}

export interface ClaimOptions {
  readonly what: string;
  /** How long the lock may be needed. */
  readonly lengthMs: number;
  /** How long to wait for another holder. */
  readonly waitMs: number;
}

const CLAIM = '.json';
/** Between tries, drawn at random, so that two who came at once do not meet again. */
const PAUSE_MS = { least: 2, most: 30 };
/** Two who come at once both step back; so often it is tried again before somebody is told to be in the way. */
const LEAST_WAIT_MS = 300;

/**
 * Takes a lock, which is a folder: everyone who wants it puts a file of his own there, then looks who else has one, and
 * takes it away again where a live one is there. Of two that come at once, both may step back, but never do both go on.
 * No file is ever taken over, so that the one of a dead process is removed without a race, whoever finds it.
 * @throws HeldError when it is still held after `waitMs`
 */
export async function claim(folder: string, { what, lengthMs, waitMs }: ClaimOptions): Promise<Claim> {
  const owner = await thisProcess();
  const deadline = Date.now() + Math.max(waitMs, LEAST_WAIT_MS);
  for (;;) {
    const since = Date.now();
    const path = await put(folder, { ...owner, what, since, until: since + lengthMs });
    const release = async (): Promise<void> => {
      await rm(path, { force: true });
      // Unless somebody else has come by now.
      await rmdir(folder).catch(() => undefined);
    };
    const other = await findOther(folder, path).catch(async (error: unknown) => {
      await release();
      throw error;
    });
    if (other === undefined) return { release };
    await release();
    if (Date.now() >= deadline) throw other;
    await delay(PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least));
  }
}

/** Whole or not at all: whoever sees a claim can read it. */
async function put(folder: string, holder: Holder): Promise<string> {
  const path = join(folder, `${holder.pid}-${randomUUID()}${CLAIM}`);
  for (;;) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeAtomic(path, JSON.stringify(holder));
      return path;
    } catch (error) {
      // The last holder has just removed the folder.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** Another live claim; those of processes that are gone are removed on the way. */
async function findOther(folder: string, own: string): Promise<HeldError | undefined> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!name.endsWith(CLAIM) || path === own) continue;
    const holder = await readHolder(path);
    if (holder !== undefined && (await isHeld(holder))) return new HeldError(holder, path);
    await rm(path, { force: true });
  }
  return undefined;
}

async function isHeld(holder: Holder): Promise<boolean> {
  const liveness = await livenessOf(holder);
  return liveness === 'unknown' ? Date.now() < holder.until : liveness === 'alive';
}

/** Undefined where it was released in this moment, or is what a power cut left: no live process has one that cannot be read. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
