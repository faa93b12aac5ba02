import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };

/** The folder that holds package.json: where what ships with the harness lies. */
export const PACKAGE_ROOT = fileURLToPath(new URL('..', import.meta.url));

export const HARNESS_VERSION: string = manifest.version;
