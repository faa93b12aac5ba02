import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Overlay } from '../../../contracts/generated/overlay.ts';
import type { AppliedOverlay } from '../../../contracts/generated/plan.ts';
import { HarnessError, usageError } from '../../foundation/errors.ts';
import { parseFile } from '../../foundation/parse-file.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';
import { explain } from '../../foundation/schema/explain.ts';
import { validatorOf } from '../../foundation/schema/validator.ts';

/**
 * A project's overlay on the contract, checked against the contract.
 * @throws HarnessError (2) that says what is wrong, and where
 */
export async function readOverlay(path: string, cwd: string): Promise<AppliedOverlay> {
  const name = relative(cwd, path) || path;
  const overlay = await parseOverlay(name, path);
  const validate = validatorOf('overlay');
  if (!validate(overlay)) {
    const lines = explain(validate.errors ?? []).map(({ pointer, text }) => `${name}: ${pointer} ${text}`);
    throw usageError(lines.length < 2 ? (lines[0] ?? name) : `the overlay is invalid:\n  ${lines.join('\n  ')}`);
  }
  const checked = overlay as Overlay;
  // Loaded only where there is an overlay: Ajv and YAML are slow to load.
  const { overlaidSchemas } = await import('../../k6/build/overlay.ts');
  await overlaidSchemas(checked).catch((error: unknown) => {
    throw error instanceof HarnessError ? usageError(`${name}: ${error.message}`, { cause: error }) : error;
  });
  const sha256 = createHash('sha256').update(JSON.stringify(checked)).digest('hex');
  return { version: checked.version, sha256, overlay: checked };
}

async function parseOverlay(name: string, path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw usageError(`cannot read the contract overlay ${name}: ${readTrouble(error)}`, { cause: error });
  }
  try {
    return parseFile(text);
  } catch (error) {
    throw usageError(`${name} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
}
