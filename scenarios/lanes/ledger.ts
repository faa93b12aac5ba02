import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import { lineWriter } from './line-writer.ts';
import { forbidden, settings } from './plan.ts';
import { turnLines } from './turn-lines.ts';

const writer = lineWriter(forbidden);

/** Writes one line of a run's ledger. */
export const record: (line: LedgerLine) => void = writer.write;

/** Writes the two lines of a turn. */
export const { recordSent, recordSettled } = turnLines(writer, settings.contract !== undefined);
