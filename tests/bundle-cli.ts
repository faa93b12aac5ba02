import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { PACKAGE_ROOT } from '../scripts/foundation/package-root.ts';
import { writeFileValidators } from '../tools/package/file-validators.ts';

/** With native parts, or with files that they find beside themselves. All else is in the bundle: a start would look for 300 files. */
const OUTSIDE = ['@duckdb/', '@sparticuz/chromium', 'esbuild', 'fastify', 'jsonc-parser', 'playwright-core', 'undici'];
/** Packages in CommonJS call `require` for Node's own modules. */
const REQUIRE = "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);";

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
  const validators = join(folder, 'file-validators.cjs');
  await writeFileValidators(validators);
  await build({
    absWorkingDir: PACKAGE_ROOT,
    entryPoints: [join('scripts', 'cli.ts')],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: REQUIRE },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
    plugins: [asAtItsSource(path, validators)],
  });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Each module finds the files beside its source, processes that it starts are bundled, too, all is built already, and
 * validators are compiled as in the package.
 */
const asAtItsSource = (cli: string, validators: string): Plugin => ({
  name: 'as-at-its-source',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      const isOutside = kind !== 'entry-point' && OUTSIDE.some((name) => path.startsWith(name));
      return isOutside || builtinModules.includes(path) ? { path, external: true } : undefined;
    });
    onLoad({ filter: /\bk6.build.all[.]ts$/ }, () => ({
      contents: 'export const buildAll = () => undefined;',
    }));
    const replaced = [
      { file: 'package-root.ts', text: "join(PACKAGE_ROOT, 'bin', 'fini-harness.mjs')", by: JSON.stringify(cli) },
      { file: 'validator.ts', text: '!IS_CHECKOUT && ', by: '' },
      { file: 'validator.ts', text: "'./file-validators.cjs'", by: JSON.stringify(validators) },
    ];
    onLoad({ filter: /[.]tsx?$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const own = replaced.filter(({ file }) => path.endsWith(file));
      for (const { file, text } of own) if (!source.includes(text)) throw new Error(`${file}: no ${text}`);
      const contents = own
        .reduce((code, { text, by }) => code.replace(text, () => by), source)
        .replaceAll('import.meta.url', () => JSON.stringify(pathToFileURL(path).href));
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
});
