import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import manifest from '../../package.json' with { type: 'json' };
import { cacheRoot } from '../foundation/cache-folder.ts';
import { HarnessError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Io } from '../foundation/io.ts';
import { bytes, count } from '../foundation/text/format.ts';
import { dieWithParent } from '../k6/parent-death.ts';
import { locateK6 } from '../k6/provision.ts';
import { descriptorLimit } from '../run/admission/descriptors.ts';
import { diskNeed, freeBytes } from '../run/admission/disk-space.ts';
import { type Diagnosis, notice, ok, problem } from './diagnosis.ts';

/** What a run needs of this machine. Where k6 is missing it is not provided: that takes minutes. */
export async function examineMachine(io: Io): Promise<Diagnosis[]> {
  const results = resolve(io.cwd, 'results');
  return [
    node(),
    await k6(io),
    await descriptors(),
    await disk(results),
    await folder('results folder', results, 'choose another one with --out, or correct its permissions'),
    await folder('cache folder', cacheRoot(io), 'set another one in FINI_HARNESS_CACHE'),
    await ending(),
  ];
}

function node(): Diagnosis {
  const wanted = manifest.engines.node.replace('>=', '');
  const has = process.versions.node;
  if (has.localeCompare(wanted, 'en', { numeric: true }) >= 0) return ok('Node.js', has);
  return problem('Node.js', `${has} is too old`, `install ${wanted} or newer`, EXIT.usage);
}

async function k6(io: Io): Promise<Diagnosis> {
  try {
    const found = await locateK6(io);
    if (found !== undefined) return ok('k6', `${found.version} (${found.source}: ${found.path})`);
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return problem('k6', error.message, 'correct or unset K6_BIN', EXIT.usage);
  }
  const { failed, stdout } = await execa('go', ['version'], {
    reject: false,
    stdin: 'ignore',
    env: io.env,
    extendEnv: false,
  });
  if (!failed)
    return notice('k6', `none yet; ${stdout}`, 'nothing to do: the first run builds it once, in one to two minutes');
  return problem(
    'k6',
    'neither k6 nor Go to build it',
    'install k6 1.0 or newer on PATH, set K6_BIN to its path, or install Go 1.25 or newer',
    EXIT.usage,
  );
}

/** Below this not even a load of ten conversations a second has room. */
const FEW_DESCRIPTORS = 1_024;

async function descriptors(): Promise<Diagnosis> {
  const limit = await descriptorLimit();
  if (limit === undefined) return ok('descriptors', 'this system does not report its limit');
  if (limit === Number.POSITIVE_INFINITY) return ok('descriptors', 'no limit');
  const text = `${count(limit)}, one for each conversation in flight`;
  return limit < FEW_DESCRIPTORS
    ? notice('descriptors', text, 'raise the limit for larger loads: ulimit -n 65536')
    : ok('descriptors', text);
}

const EXAMPLE_TURNS = 100_000;

async function disk(path: string): Promise<Diagnosis> {
  const free = await freeBytes(path);
  if (free === undefined) return ok('disk', 'this system does not report free space');
  const text = `${bytes(free)} left for results`;
  if (free < diskNeed({ turns: null })) return problem('disk', text, 'free some', EXIT.usage);
  return free < diskNeed({ turns: EXAMPLE_TURNS })
    ? notice('disk', text, `${count(EXAMPLE_TURNS)} turns need about ${bytes(diskNeed({ turns: EXAMPLE_TURNS }))}`)
    : ok('disk', text);
}

/** Whether files can really be written there; leaves nothing behind that was not there. */
async function folder(name: string, path: string, advice: string): Promise<Diagnosis> {
  const probe = join(path, `.doctor-${process.pid}`);
  try {
    const made = await mkdir(path, { recursive: true, mode: 0o700 });
    await writeFile(probe, '', { mode: 0o600 });
    await rm(probe);
    if (made !== undefined) await rm(made, { recursive: true });
    return ok(name, path);
  } catch (error) {
    return problem(name, `cannot write to ${path}: ${(error as Error).message}`, advice, EXIT.usage);
  }
}

async function ending(): Promise<Diagnosis> {
  const name = 'clean end';
  if ((await dieWithParent()).length > 0) return ok(name, 'k6 ends with the harness, even if it is killed');
  return notice(
    name,
    'if the harness is killed (SIGKILL), k6 continues to the end of its plan',
    process.platform === 'linux' ? 'install util-linux (setpriv)' : 'nothing to do: only Linux supports this',
  );
}
