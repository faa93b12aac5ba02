import crypto from 'k6/crypto';
import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import { textKeeper } from './kept-texts.ts';
import { lineWriter } from './line-writer.ts';
import { forbidden, settings } from './plan.ts';
import { turnLines } from './turn-lines.ts';

const writer = lineWriter(forbidden);

/** Writes one line of a run's ledger. */
export const record: (line: LedgerLine) => void = writer.write;

/** Keeps bodies of turns, where the plan wants that. */
export const keeper =
  settings.keepTexts === undefined
    ? undefined
    : textKeeper({ share: settings.keepTexts, seed: settings.seed, lanes: settings.lanes, forbidden, record });

const HASH_DIGITS = 16;

/** Writes the two lines of a turn, and the one of a conversation. */
export const { recordSent, recordSettled, recordEnd } = turnLines(writer, {
  isOverlaid: settings.contract !== undefined,
  hashOf: (message) => crypto.sha256(message, 'hex').slice(0, HASH_DIGITS),
});
