import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { AppliedOverlay } from '../../../contracts/generated/plan.ts';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';
import { overlayName } from '../../foundation/text/overlay-name.ts';

/** The contract that answers are held against: the version of contracts/openapi.yaml, and the project's overlay on it. */
export async function contractName(overlay: AppliedOverlay | undefined): Promise<string> {
  const { info } = parse(await readFile(join(PACKAGE_ROOT, 'contracts', 'openapi.yaml'), 'utf8')) as {
    info: { version: string };
  };
  return overlay === undefined ? info.version : `${info.version} with ${overlayName(overlay)}`;
}
