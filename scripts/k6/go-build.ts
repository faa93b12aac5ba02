import { execa } from 'execa';
import type { Io } from '../foundation/io.ts';
import type { Pin } from './pin.ts';

const TIMEOUT_MS = 15 * 60_000;

/** Compiles a pinned k6 to a file. Throws with the reason in one line when Go is missing or the build fails. */
export async function goBuild(pin: Pin, output: string, io: Pick<Io, 'env' | 'signal'>): Promise<void> {
  const build = ['build', '-trimpath', '-buildvcs=false', '-mod=readonly', '-o', output, pin.package];
  const result = await execa('go', build, {
    cwd: pin.module,
    env: io.env,
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
