import { rename, writeFile } from 'node:fs/promises';
import { type Redact, redactor } from './redactor.ts';

/**
 * Writes a file that appears whole or not at all. What a ledger holds is redacted already; this is the last place
 * where a secret could be caught.
 */
export async function writeWhole(path: string, content: string, redact: Redact = redactor({})): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, redact(content), { mode: 0o600 });
  await rename(draft, path);
}
