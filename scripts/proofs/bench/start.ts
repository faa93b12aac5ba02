import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';
import { quantile } from './quantile.ts';

/**
 * How long commands of the installed package take to start, as multiples of a bare `node -e 0`: whole processes, each beside
 * a bare one, so that a busy machine slows both. `npm run bench:start -- 31` takes 31 pairs of each.
 */
const PAIRS = Number(process.argv[2] ?? '15');
const TARGETS = [
  { args: ['--version'], limit: 2 },
  { args: ['--help'], limit: 2 },
  { args: ['plan', 'smoke', '--embedded'], limit: 4 },
] as const;

const folder = await mkdtemp(join(tmpdir(), 'fini-harness-start-'));
try {
  await execa('npm', ['pack', '--pack-destination', folder], { cwd: PACKAGE_ROOT });
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  const tarball = join(folder, `fini-harness-${process.env.npm_package_version}.tgz`);
  await execa('npm', ['install', '--prefer-offline', '--no-audit', tarball], { cwd: folder });
  const bin = join(folder, 'node_modules', 'fini-harness', 'bin', 'fini-harness.mjs');
  for (const { args, limit } of TARGETS) {
    const ratios: number[] = [];
    for (let pair = 0; pair < PAIRS; pair++) {
      ratios.push((await timeOf([bin, ...args])) / (await timeOf(['-e', '0'])));
    }
    const median = quantile(ratios, 0.5);
    const verdict = median < limit ? 'met' : 'missed';
    process.stdout.write(
      `${args.join(' ').padEnd(24)} ${median.toFixed(2)} times node -e 0 (${PAIRS} pairs, ` +
        `${quantile(ratios, 0.1).toFixed(2)} to ${quantile(ratios, 0.9).toFixed(2)}); limit ${limit}: ${verdict}\n`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function timeOf(args: readonly string[]): Promise<number> {
  const start = process.hrtime.bigint();
  await execa(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  return Number(process.hrtime.bigint() - start);
}
