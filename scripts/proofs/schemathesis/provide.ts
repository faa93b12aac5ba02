import { access, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { execa } from 'execa';
import { HarnessError } from '../../foundation/errors.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import type { Io } from '../../foundation/io.ts';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';

const REQUIREMENTS = join(PACKAGE_ROOT, 'tools/schemathesis/requirements.txt');
const LEAST_MINOR = 10;

/** The pinned Schemathesis, installed from PyPI into the project's cache when it is not there; undefined without a usable Python. */
export async function provideSchemathesis(io: Io): Promise<string | undefined> {
  const pin = (await readFile(REQUIREMENTS, 'utf8')).trim();
  const root = io.env.FINI_HARNESS_CACHE || envPaths('fini-harness', { suffix: '' }).cache;
  const folder = join(resolve(io.cwd, root), 'schemathesis', pin.replace('==', '-'));
  const executable = join(folder, 'bin', 'schemathesis');
  if (await exists(executable)) return executable;
  if (!(await hasPython())) return undefined;
  io.err(`Installing ${pin} into ${folder}\n`);
  const venv = await execa('python3', ['-m', 'venv', '--clear', folder], { reject: false });
  if (venv.exitCode !== 0) return undefined;
  const pip = await execa(
    join(folder, 'bin', 'python'),
    ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS],
    {
      reject: false,
    },
  );
  if (pip.exitCode === 0) return executable;
  throw new HarnessError(EXIT.harnessFault, `pip could not install ${pin}: ${pip.stderr}`);
}

async function hasPython(): Promise<boolean> {
  const { stdout } = await execa('python3', ['-c', 'import sys; print(*sys.version_info[:2])'], { reject: false });
  const [major = 0, minor = 0] = (stdout ?? '').split(' ').map(Number);
  return major === 3 && minor >= LEAST_MINOR;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
