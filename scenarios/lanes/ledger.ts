import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import { lineWriter } from './console.ts';
import { forbidden } from './plan.ts';

/** Writes one line of a run's ledger. */
export const record: (line: LedgerLine) => void = lineWriter(forbidden);
