import { statSync } from 'node:fs';
import { join } from 'node:path';
import { usageError } from '../../foundation/errors.ts';
import { storedLedger } from '../../ledger/ledger-lines.ts';
import { runFolder } from '../../ledger/run-folder.ts';
import { checkedLines } from './checked-lines.ts';
import { readCsv } from './read-csv.ts';
import { readHar } from './read-har.ts';
import { readJsonLines } from './read-json-lines.ts';
import { readLedger } from './read-ledger.ts';
import type { Note, SaidMessage } from './said-message.ts';
import type { SourceFile } from './source-file.ts';

/** A file of conversations, of one of the kinds that can be read. */
export interface Source extends SourceFile {
  readonly kind: 'csv' | 'jsonl' | 'har' | 'ledger';
  /** Its messages in their order, each time from the first one on. */
  readonly messages: (note: Note) => AsyncIterable<SaidMessage>;
}

const READERS: Readonly<Record<Source['kind'], (file: SourceFile, note: Note) => AsyncIterable<SaidMessage>>> = {
  csv: readCsv,
  jsonl: readJsonLines,
  har: readHar,
  ledger: readLedger,
};

/**
 * Tells what kind a file is, by its name; lines of a ledger are told from others by the first one.
 * @throws HarnessError (2) where it is none of those that can be read
 */
export async function openSource(path: string, shownAs: string): Promise<Source> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw usageError(`there is no ${shownAs}`);
  const file = stat.isDirectory() ? ledgerIn(path, shownAs) : { path, shownAs };
  const kind = stat.isDirectory() ? 'ledger' : await kindOf(file);
  return { ...file, kind, messages: (note) => READERS[kind](file, note) };
}

function ledgerIn(path: string, shownAs: string): SourceFile {
  const ledger = storedLedger(runFolder(path));
  if (ledger !== undefined) return { path: ledger, shownAs: join(shownAs, ledger.slice(path.length + 1)) };
  throw usageError(`${shownAs} is not the folder of a run: it contains no turns.ndjson`);
}

const ENDING = /[.](csv|tsv|jsonl|ndjson|har(?![.]gz))(?:[.]gz)?$/i;
const LEDGER_LINE = /^\s*\{\s*"kind"\s*:/;

async function kindOf(file: SourceFile): Promise<Source['kind']> {
  const [, ending] = ENDING.exec(file.path) ?? [];
  switch (ending?.toLowerCase()) {
    case 'csv':
    case 'tsv':
      return 'csv';
    case 'jsonl':
    case 'ndjson':
      return LEDGER_LINE.test(await beginningOf(file)) ? 'ledger' : 'jsonl';
    case 'har':
      return 'har';
    default:
      throw usageError(
        `${file.shownAs}: unknown file type: use .csv, .tsv, .jsonl, .ndjson (each also .gz) or .har, or the folder of a run`,
      );
  }
}

async function beginningOf(file: SourceFile): Promise<string> {
  for await (const { bytes } of checkedLines(file)) return bytes.subarray(0, 100).toString();
  return '';
}
