import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { NEWLINE } from '../foundation/newline.ts';
import { privateFolder } from '../foundation/private-folder.ts';
import { ledgerColumns } from './columns.ts';
import { type Database, file } from './database.ts';
import { ledgerBytes } from './ledger-lines.ts';

/** DuckDB's own limit; a larger one would cost as much memory for every thread. No line of a ledger is nearly as long. */
const LONGEST_BYTES = 16_000_000;
/** Where the ledger is packed, its buffers fill the memory before the limit is met. */
const TOO_LONG = /maximum_object_size|Out of Memory/;

/**
 * Runs the SQL that is made of a source of ledger lines. A line that is too long to be one is left out, and costs nothing but itself.
 * @returns how many were
 */
export async function runOnLedgers(
  db: Database,
  ledgers: readonly string[],
  sqlOf: (source: string) => string,
  { columns = ledgerColumns(), options = '' }: { columns?: string; options?: string } = {},
): Promise<number> {
  const source = (paths: readonly string[]): string =>
    `read_json([${paths.map(file).join(', ')}], format = 'newline_delimited', ignore_errors = true, ${options}
       columns = ${columns})`;
  try {
    await db.run(sqlOf(source(ledgers)));
    return 0;
  } catch (error) {
    if (!(error instanceof Error) || !TOO_LONG.test(error.message)) throw error;
  }
  const folder = await privateFolder();
  try {
    let dropped = 0;
    const copies: string[] = [];
    for (const [index, ledger] of ledgers.entries()) {
      const copy = join(folder.path, `${index}.ndjson`);
      copies.push(copy);
      await pipeline(
        ledgerBytes(ledger),
        shortLines(() => {
          dropped += 1;
        }),
        createWriteStream(copy, { mode: 0o600 }),
      );
    }
    await db.run(sqlOf(source(copies)));
    return dropped;
  } finally {
    await folder.remove();
  }
}

/** The lines that are short enough, as bytes. */
const shortLines = (onDropped: () => void) =>
  async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let begun: Buffer[] = [];
    let length = 0;
    for await (const chunk of chunks) {
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
        const rest = chunk.subarray(from, end + 1);
        from = end + 1;
        if (length + rest.length > LONGEST_BYTES) onDropped();
        else yield Buffer.concat([...begun, rest]);
        begun = [];
        length = 0;
      }
      length += chunk.length - from;
      if (length > LONGEST_BYTES) begun = [];
      else if (from < chunk.length) begun.push(chunk.subarray(from));
    }
    if (length > LONGEST_BYTES) onDropped();
    else yield Buffer.concat(begun);
  };
