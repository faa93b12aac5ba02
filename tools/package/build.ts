import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin, transform } from 'esbuild';
import { type GetModuleInfo, type OutputPlugin, rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { PACKAGE_ROOT } from '../../scripts/foundation/package-root.ts';
import { buildScenarios } from '../../scripts/k6/build/scenarios.ts';
import { bundleClient } from '../../scripts/view/server/bundle-client.ts';
import { writeFileValidators } from './file-validators.ts';

/**
 * Builds `dist/`, the code of the published package: the command line as chunks that load when needed, the bundles of the
 * scenarios, what other projects import, and its types. `npm pack` runs it; nothing is built after installation but a
 * project's own scenarios.
 */
const DIST = join(PACKAGE_ROOT, 'dist');
const path = (...parts: readonly string[]): string => join(PACKAGE_ROOT, ...parts);

const NODE = 'node20.19';
const MINIFY = { legalComments: 'none', minifySyntax: true, minifyWhitespace: true } as const;
const COMMON = {
  ...MINIFY,
  absWorkingDir: PACKAGE_ROOT,
  bundle: true,
  format: 'esm',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** What every start needs is in the chunks, since a file costs more than its bytes; the rest is found in node_modules. */
const AT_EVERY_START = ['commander', 'dotenv', 'env-paths', 'fastest-levenshtein', 'picocolors', 'signal-exit'];
/** Every table needs the width of its texts, a plan's too: a few kB. */
const OF_TABLES = ['string-width', 'get-east-asian-width', 'strip-ansi', 'ansi-regex'];
const INSIDE = [...AT_EVERY_START, ...OF_TABLES];

async function buildCli(): Promise<void> {
  await build({
    ...COMMON,
    entryPoints: [path('scripts', 'cli.ts')],
    outdir: path('dist', 'cli'),
    platform: 'node',
    target: NODE,
    splitting: true,
    minifyIdentifiers: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins: [
      {
        name: 'packages-stay-outside',
        setup({ onResolve }) {
          // Only a checkout builds contracts.
          onResolve({ filter: /\/contracts[.]ts$/ }, () => ({ path: './nothing.js', external: true }));
          onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) => {
            const isInside = kind === 'entry-point' || INSIDE.includes(name);
            return isInside || name.startsWith('/') ? undefined : { path: name, external: true };
          });
        },
      },
    ],
    // Packages in CommonJS that are bundled call `require` for Node's own modules.
    banner: { js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);" },
  });
  await mergeChunks(path('dist', 'cli', 'cli.js'));
  await writeFileValidators(path('dist', 'cli', 'file-validators.cjs'));
  await minifiedCss(path('scripts', 'report', 'page', 'page.css'), path('dist', 'cli', 'page.css'));
  await minifiedCss(path('scripts', 'view', 'client', 'view.css'), path('dist', 'cli', 'view.css'));
  await writeFile(path('dist', 'cli', 'view-client.js'), await bundleClient(PACKAGE_ROOT));
}

/** esbuild makes a chunk of every set of commands that share a module, however small; Rollup joins small ones. */
async function mergeChunks(entry: string): Promise<void> {
  const bundle = await rollup({
    input: entry,
    treeshake: { moduleSideEffects: false },
    external: /^[^./]|[.]cjs$|nothing[.]js$/,
  });
  const { output } = await bundle.generate({
    format: 'es',
    compact: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    manualChunks: (id, { getModuleInfo }) => {
      if (!needsNoPackage(id, getModuleInfo)) return undefined;
      return isAtEveryStart(id, getModuleInfo) ? 'start' : 'shared';
    },
  });
  await bundle.close();
  const folder = path('dist', 'cli');
  await rm(folder, { recursive: true });
  await mkdir(folder);
  for (const file of output) {
    if (file.type === 'chunk') await writeFile(join(folder, file.fileName), await minified(file.code));
  }
}

/** Rollup's own names and lines are longer than esbuild's. */
async function minified(code: string): Promise<string> {
  const options = { ...MINIFY, minifyIdentifiers: true, format: 'esm', target: NODE } as const;
  return (await transform(code, options)).code;
}

async function minifiedCss(from: string, to: string): Promise<void> {
  const { code } = await transform(await readFile(from, 'utf8'), { loader: 'css', minify: true });
  await writeFile(to, code);
}

const VALIDATORS = './validators.js';

/** The validators are a file of their own, so that those of a contract with an overlay can be bundled in its place. */
const validatorsApart: Plugin = {
  name: 'validators-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/generated\/validators[.]js$/ }, () => ({ path: VALIDATORS, external: true }));
  },
};

/**
 * A piece that several commands share, which needs no package, nor does what it imports: all such pieces are one file, which
 * costs a start less than a file each.
 */
function needsNoPackage(id: string, getModuleInfo: GetModuleInfo): boolean {
  const info = getModuleInfo(id);
  if (info === null || info.isExternal) return id.startsWith('node:');
  const { isEntry, importedIds, dynamicImporters } = info;
  if (isEntry || dynamicImporters.length > 0) return false;
  return importedIds.every((imported) => needsNoPackage(imported, getModuleInfo));
}

function isAtEveryStart(id: string, getModuleInfo: GetModuleInfo): boolean {
  const info = getModuleInfo(id);
  return info?.isEntry === true || info?.importers.some((importer) => isAtEveryStart(importer, getModuleInfo)) === true;
}

async function buildLibrary(): Promise<void> {
  await build({
    ...COMMON,
    entryPoints: {
      index: path('scripts', 'index.ts'),
      scenario: path('scenarios', 'lanes', 'index.ts'),
      contracts: path('contracts', 'index.ts'),
    },
    outdir: path('dist', 'lib'),
    splitting: true,
    minify: true,
    platform: 'neutral',
    target: 'es2020',
    external: ['k6', 'k6/*'],
    plugins: [validatorsApart],
  });
  await copyFile(path('contracts', 'generated', 'validators.js'), path('dist', 'lib', 'validators.js'));
}

/** A tenth of the types is indentation by four spaces. */
const withTabs: OutputPlugin = {
  name: 'with-tabs',
  renderChunk: (code) => code.replaceAll(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4)),
};

async function buildTypes(): Promise<void> {
  const bundle = await rollup({
    input: {
      index: path('scripts', 'index.ts'),
      scenario: path('scenarios', 'lanes', 'index.ts'),
      contracts: path('contracts', 'index.ts'),
    },
    external: [/^k6(\/|$)/],
    plugins: [dts({ tsconfig: path('tools', 'package', 'tsconfig.json') }), withTabs],
  });
  await bundle.write({ dir: path('dist', 'lib'), entryFileNames: '[name].d.ts', chunkFileNames: '[name].d.ts' });
  await bundle.close();
}

await rm(DIST, { recursive: true, force: true });
await mkdir(path('dist', 'cli'), { recursive: true });
await Promise.all([
  buildCli(),
  buildScenarios(path('dist', 'scenarios'), { isPublished: true }),
  buildLibrary(),
  buildTypes(),
]);
