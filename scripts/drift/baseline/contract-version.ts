import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';

/** Version of the contract that answers are held against: that of contracts/openapi.yaml. */
export async function contractVersion(): Promise<string> {
  const { info } = parse(await readFile(join(PACKAGE_ROOT, 'contracts', 'openapi.yaml'), 'utf8')) as {
    info: { version: string };
  };
  return info.version;
}
