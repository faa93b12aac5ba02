import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import { writeLine } from './console.ts';
import { apiKey } from './plan.ts';

const SECRETS = [apiKey];

/** Writes one line of a run's ledger. */
export function record(line: LedgerLine): void {
  writeLine(line, SECRETS);
}
