import { join } from 'node:path';
import { build } from 'esbuild';
import { IS_CHECKOUT, PACKAGE_ROOT } from '../../foundation/package-root.ts';

/** What `fini-harness` stands for in a configuration: its source in a checkout, its bundle in the package. */
const INDEX = IS_CHECKOUT ? join(PACKAGE_ROOT, 'scripts', 'index.ts') : join(PACKAGE_ROOT, 'dist', 'lib', 'index.js');

/** Bundles one module of a project for Node; other packages stay imports. Throws esbuild's BuildFailure. */
export async function bundleModule(file: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    alias: { 'fini-harness': INDEX },
    sourcemap: 'inline',
    logLevel: 'silent',
  });
}
