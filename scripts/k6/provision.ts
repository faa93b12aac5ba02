import { access, constants, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { cacheRoot } from '../foundation/cache-folder.ts';
import { connectionTrouble } from '../foundation/connection-trouble.ts';
import { HarnessError, usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Io } from '../foundation/io.ts';
import { experimentOf, goBuild, inputsOf } from './go-build.ts';
import { PINNED, type Pin } from './pin.ts';
import { downloadRelease } from './release.ts';
import { isSupported, k6Version, SUPPORTED_RANGE } from './version.ts';

type K6Source = 'K6_BIN' | 'cache' | 'PATH' | 'release' | 'go build';

/** A k6 that runs and is supported. */
export interface K6 {
  readonly path: string;
  readonly version: string;
  readonly source: K6Source;
}

type Provisioner = (pin: Pin, io: Io) => Promise<K6>;

const WORKSHOP = 'new-';
const ABANDONED_MS = 3_600_000;
const BINARY = process.platform === 'win32' ? 'k6.exe' : 'k6';

/**
 * Finds k6, or provides it: `K6_BIN`; the user's cache; `PATH`; the pinned release archive; `go build` of the pinned
 * module. The last two fill the cache. Says on `io.err` what takes long.
 * @throws HarnessError with exit code 2 when K6_BIN is not a supported k6, or when no way works.
 */
export async function findK6(io: Io, pin: Pin = PINNED): Promise<K6> {
  if (io.env.K6_BIN) return named(io.env.K6_BIN, io);
  return firstOf([cached, onPath, released, built], pin, io);
}

/** The k6 that is there already, if one is; provides none. */
export async function locateK6(io: Io, pin: Pin = PINNED): Promise<K6 | undefined> {
  if (io.env.K6_BIN) return named(io.env.K6_BIN, io);
  return firstOf([cached, onPath], pin, io).catch(() => undefined);
}

/** As `findK6`, but exactly the pinned version. */
export async function provideK6(io: Io, pin: Pin): Promise<K6> {
  return firstOf([cached, released, built], pin, io);
}

async function firstOf(ways: readonly Provisioner[], pin: Pin, io: Io): Promise<K6> {
  const refusals: string[] = [];
  for (const way of ways) {
    try {
      return await way(pin, io);
    } catch (error) {
      if (io.signal.aborted) throw new HarnessError(EXIT.interrupted, 'interrupted while k6 was being provided');
      refusals.push(reason(error));
    }
  }
  throw usageError(
    `no usable k6 was found:\n${refusals.map((refusal) => `  - ${refusal}`).join('\n')}\n` +
      `Install k6 ${SUPPORTED_RANGE} (https://grafana.com/docs/k6/latest/set-up/install-k6/) on PATH or set its path in ` +
      'K6_BIN, or install Go 1.25 or newer.',
  );
}

/** A K6_BIN that does not work is an error: silently taking another k6 would be a surprise. */
async function named(file: string, io: Io): Promise<K6> {
  const path = resolve(io.cwd, file);
  const version = await k6Version(path);
  if (version === undefined) throw usageError(`K6_BIN is ${path}, which is not a working k6: correct or unset it`);
  if (isSupported(version)) return { path, version, source: 'K6_BIN' };
  throw usageError(`K6_BIN is ${path}, k6 ${version}; supported: ${SUPPORTED_RANGE}: correct or unset it`);
}

/** Where a downloaded binary stays. */
const releaseFolder = ({ version }: Pin, io: Io): string => join(cacheRoot(io), 'k6', version);

interface BuildName {
  readonly experiment: string | undefined;
  readonly inputs: string;
}

/** Where a built one stays: one that is built with an experiment of Go's, or from other inputs, is another. */
function buildFolder({ version }: Pin, io: Io, { experiment, inputs }: BuildName): string {
  const made = experiment === undefined ? version : `${version}-${experiment}`;
  return join(cacheRoot(io), 'k6', `${made}-${inputs}`);
}

const cached: Provisioner = async (pin, io) => {
  const inputs = await inputsOf(pin);
  const built = [...new Set([pin.experiment, undefined])].map((experiment) =>
    buildFolder(pin, io, { experiment, inputs }),
  );
  for (const folder of [...built, releaseFolder(pin, io)]) {
    const path = join(folder, BINARY);
    const version = await k6Version(path);
    if (version === pin.version) return { path, version, source: 'cache' };
  }
  throw new Error(`cache: no k6 ${pin.version} in ${join(cacheRoot(io), 'k6')}`);
};

const onPath: Provisioner = async (_pin, io) => {
  for (const folder of (io.env.PATH ?? '').split(delimiter).filter((it) => it !== '')) {
    const path = join(folder, BINARY);
    if (!(await isExecutable(path))) continue;
    const version = await k6Version(path);
    if (version !== undefined && isSupported(version)) return { path, version, source: 'PATH' };
    throw new Error(`PATH: ${path} is k6 ${version ?? 'that does not run'}; supported: ${SUPPORTED_RANGE}`);
  }
  throw new Error('PATH: no k6');
};

const released: Provisioner = async (pin, io) => {
  const platform = `${process.platform}-${process.arch}`;
  const release = pin.releases[platform];
  if (release === undefined) throw new Error(`release: no pinned download for ${platform}`);
  io.err(`Downloading k6 ${pin.version} ...\n`);
  const make = (folder: string): Promise<void> => downloadRelease(release, folder, io.signal);
  return intoCache(pin, { source: 'release', cache: releaseFolder(pin, io), make }, io);
};

const built: Provisioner = async (pin, io) => {
  io.err(
    `Building k6 ${pin.version} with Go, once; this takes some minutes on two cores. ` +
      'A k6 2.x on PATH, or in K6_BIN, makes this unnecessary ...\n',
  );
  const experiment = await experimentOf(pin, io);
  const make = (folder: string): Promise<void> => goBuild(pin, join(folder, BINARY), io, experiment);
  return intoCache(
    pin,
    { source: 'go build', cache: buildFolder(pin, io, { experiment, inputs: await inputsOf(pin) }), make },
    io,
  );
};

/** A way to a binary, and the folder of the cache that it fills. */
interface Making {
  readonly source: K6Source;
  readonly cache: string;
  readonly make: (folder: string) => Promise<void>;
}

/** Makes the binary in a folder of its own and renames it into place, so that processes that do this at once are safe. */
async function intoCache(pin: Pin, { source, cache, make }: Making, io: Io): Promise<K6> {
  const begun = performance.now();
  const path = join(cache, BINARY);
  try {
    await mkdir(cache, { recursive: true });
    await removeAbandoned(cache);
    const workshop = await mkdtemp(join(cache, WORKSHOP));
    try {
      await make(workshop);
      const version = await k6Version(join(workshop, BINARY));
      if (version !== pin.version) throw new Error(`gave ${version ?? 'nothing usable'} instead of k6 ${pin.version}`);
      await rename(join(workshop, BINARY), path);
    } finally {
      await rm(workshop, { recursive: true, force: true });
    }
  } catch (error) {
    throw new Error(`${source}: ${reason(error)}`, { cause: error });
  }
  io.err(`k6 ${pin.version} is ready after ${Math.round((performance.now() - begun) / 1000)} s: ${path}\n`);
  return { path, version: pin.version, source };
}

/** What a process left that was killed meanwhile: no download and no build takes so long. */
async function removeAbandoned(cache: string): Promise<void> {
  for (const name of (await readdir(cache)).filter((it) => it.startsWith(WORKSHOP))) {
    const path = join(cache, name);
    const changed = await stat(path).catch(() => undefined);
    if (changed !== undefined && Date.now() - changed.mtimeMs > ABANDONED_MS)
      await rm(path, { recursive: true, force: true });
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function reason(error: unknown): string {
  if (error instanceof TypeError) return connectionTrouble(error);
  return error instanceof Error ? error.message : String(error);
}
