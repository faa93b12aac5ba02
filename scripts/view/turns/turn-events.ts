import { NEWLINE } from '../../foundation/newline.ts';
import { ledgerLine } from '../../ledger/ledger-lines.ts';
import { turnKey } from '../../ledger/ledger-turn.ts';
import { wholeLines } from '../../ledger/whole-lines.ts';
import type { LedgerEvent } from '../turn-answers.ts';

/** The events that the turns of one conversation were answered with, by the keys of its turns. */
export async function eventsOf(
  ledgers: readonly string[],
  conversation: number,
): Promise<ReadonlyMap<string, readonly LedgerEvent[]>> {
  const found = new Map<string, readonly LedgerEvent[]>();
  const name = Buffer.from(`"conversation":${conversation},`);
  for (const ledger of ledgers) {
    for await (const lines of wholeLines(ledger)) {
      for (const text of linesWith(lines, name)) {
        const line = ledgerLine(text);
        if (line?.kind === 'settled' && line.conversation === conversation) found.set(turnKey(line), line.events);
      }
    }
  }
  return found;
}

/** Looks for bytes rather than at each line: of a million lines a few are wanted. */
function* linesWith(bytes: Buffer, wanted: Buffer): Generator<string> {
  for (let at = bytes.indexOf(wanted); at !== -1; ) {
    const end = bytes.indexOf(NEWLINE, at);
    const next = end === -1 ? bytes.length : end;
    yield bytes.toString('utf8', bytes.lastIndexOf(NEWLINE, at) + 1, next);
    at = bytes.indexOf(wanted, next);
  }
}
