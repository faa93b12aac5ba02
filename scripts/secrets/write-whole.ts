import type { Redact } from '../../contracts/redact.ts';
import { writeAtomic } from '../foundation/write-atomic.ts';

/**
 * Writes a file of results whole or not at all. What a ledger holds is redacted already; this is the last place where a
 * secret could be caught.
 */
export function writeWhole(path: string, content: string, redact: Redact): Promise<void> {
  return writeAtomic(path, redact(content));
}
