import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { PACKAGE_ROOT } from '../scripts/foundation/package-root.ts';

const OWN_PATH = "join(PACKAGE_ROOT, 'bin', 'fini-harness.mjs')";

export interface BundledCli {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/**
 * The command line of this checkout as JavaScript, for tests that start processes: through tsx, each start would
 * transpile and load some hundred files. tests/cli/bin.test.ts tests the executable as it is.
 */
export async function bundleCli(): Promise<BundledCli> {
  await mkdir(join(PACKAGE_ROOT, 'build'), { recursive: true });
  // Within the checkout, so that packages are found; unique, so that two runs of the tests do not meet.
  const folder = await mkdtemp(join(PACKAGE_ROOT, 'build', 'cli-'));
  const path = join(folder, 'cli.js');
  await build({
    absWorkingDir: PACKAGE_ROOT,
    entryPoints: [join('scripts', 'cli.ts')],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
    plugins: [asAtItsSource(path)],
  });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Each module finds the files beside its source, processes that it starts are bundled, too, and all is built already. */
const asAtItsSource = (cli: string): Plugin => ({
  name: 'as-at-its-source',
  setup({ onLoad }) {
    onLoad({ filter: /\bk6.build.all[.]ts$/ }, () => ({
      contents: 'export const buildAll = () => undefined;',
    }));
    onLoad({ filter: /[.]tsx?$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (path.endsWith('package-root.ts') && !source.includes(OWN_PATH)) throw new Error(`${path}: no ${OWN_PATH}`);
      const contents = source
        .replace(OWN_PATH, () => JSON.stringify(cli))
        .replaceAll('import.meta.url', () => JSON.stringify(pathToFileURL(path).href));
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
});
