import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };

/** The folder that holds package.json: where what ships with the harness lies. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The executable, for processes that the harness starts of itself. */
export const CLI = join(PACKAGE_ROOT, 'bin', 'fini-harness.mjs');

/** Where bundles and profiles of scenarios are built. */
export const SCENARIO_OUT = join(PACKAGE_ROOT, 'dist', 'scenarios');

export const HARNESS_VERSION: string = manifest.version;
