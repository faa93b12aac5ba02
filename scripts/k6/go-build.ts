import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Io } from '../foundation/io.ts';
import type { Pin } from './pin.ts';

const TIMEOUT_MS = 15 * 60_000;

/** Go versions that have jsonv2 as an experiment; in later ones it is the rule. */
const EXPERIMENTAL = /^go1\.(?:25|26)\b/;

/**
 * The experiment of the pin that this Go can build with, so that k6 parses JSON in half the instructions; undefined where
 * it has none, or the user has chosen experiments.
 */
export async function experimentOf({ experiment, module }: Pin, io: Pick<Io, 'env'>): Promise<string | undefined> {
  if (experiment === undefined || io.env.GOEXPERIMENT !== undefined) return undefined;
  const options = { cwd: module, env: io.env, extendEnv: false, reject: false } as const;
  const { stdout } = await execa('go', ['env', 'GOVERSION'], options);
  return EXPERIMENTAL.test(stdout ?? '') ? experiment : undefined;
}

const DIGEST_DIGITS = 12;

/** Of what the build reads: its modules' checksums and its profile. Another one makes another k6 of the same version. */
export async function inputsOf({ module, profile }: Pin): Promise<string> {
  const hash = createHash('sha256');
  const files = [join(module, 'go.mod'), join(module, 'go.sum'), ...(profile === undefined ? [] : [profile])];
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, DIGEST_DIGITS);
}

/** Compiles a pinned k6 to a file. Throws with the reason in one line when Go is missing or the build fails. */
export async function goBuild(
  pin: Pin,
  output: string,
  io: Pick<Io, 'env' | 'signal'>,
  experiment?: string,
): Promise<void> {
  const profile = pin.profile === undefined ? [] : [`-pgo=${pin.profile}`];
  const build = ['build', '-trimpath', '-buildvcs=false', '-mod=readonly', ...profile];
  const result = await execa('go', [...build, '-o', output, pin.package], {
    cwd: pin.module,
    env: experiment === undefined ? io.env : { ...io.env, GOEXPERIMENT: experiment },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    cancelSignal: io.signal,
    timeout: TIMEOUT_MS,
  });
  if (!result.failed) return;
  if (result.code === 'ENOENT') throw new Error('go is not on PATH');
  const said = result.stderr.trim().split('\n').slice(-3).join(' | ');
  throw new Error(said === '' ? result.shortMessage : said);
}
