import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };

/** The folder that holds package.json: two above this file, and two above dist/cli/, where the package has its code. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Whether this is a checkout, which builds what it needs, and not the published package, which brings it. */
export const IS_CHECKOUT = existsSync(join(PACKAGE_ROOT, 'scripts'));

/** The executable, for processes that the harness starts of itself. */
export const CLI = join(PACKAGE_ROOT, 'bin', 'fini-harness.mjs');

/** Where bundles and profiles of the harness's scenarios are: built in a checkout, published in the package. */
export const SCENARIO_OUT = join(PACKAGE_ROOT, IS_CHECKOUT ? 'build' : 'dist', 'scenarios');

export const HARNESS_VERSION: string = manifest.version;
