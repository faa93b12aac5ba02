import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Keeps esbuild, which tsx reads the sources of a checkout with, alive after Ctrl-C: a terminal signals every process of
 * its group, and without esbuild the modules that a command imports to end in order could not be read.
 */
export function keepEsbuild() {
  if (process.platform === 'win32' || process.env.ESBUILD_BINARY_PATH !== undefined) return;
  try {
    const binary = `@esbuild/${process.platform}-${process.arch}/bin/esbuild`;
    process.env.ESBUILD_REAL_PATH = createRequire(import.meta.url).resolve(binary);
  } catch {
    // Another way of installing esbuild; then it ends with Ctrl-C.
    return;
  }
  process.env.ESBUILD_BINARY_PATH = fileURLToPath(new URL('esbuild.sh', import.meta.url));
}
