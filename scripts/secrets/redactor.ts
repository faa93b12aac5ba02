import type { Redact } from '../../contracts/redact.ts';
import { newGuard } from './guard.ts';

export type { Redact };

/**
 * Takes secrets and personal data out of text: the values of all FINI_*KEY variables in every form in which they may
 * be written, anything that looks like a Fini key, bearer tokens, and e-mail addresses.
 */
export function redactor(env: Readonly<Record<string, string | undefined>>): Redact {
  return newGuard(env).redact;
}
