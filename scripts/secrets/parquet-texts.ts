import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { file, openDatabase, text } from '../ledger/database.ts';

/** Hands over all texts of a Parquet file, as one file of text that is there until `read` is done. */
export async function parquetTexts(path: string, read: (texts: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fini-harness-'));
  const database = await openDatabase();
  try {
    const columns = await database.rows<{ column_name: string; column_type: string }>(
      `DESCRIBE SELECT * FROM read_parquet(${file(path)})`,
    );
    const texts = columns
      .filter(({ column_type: type }) => /VARCHAR|JSON|BLOB/.test(type))
      .map(({ column_name: name }) => `CAST("${name.replaceAll('"', '""')}" AS VARCHAR)`);
    if (texts.length === 0) return;
    const unpacked = join(folder, 'texts.csv');
    await database.run(`COPY (SELECT ${texts} FROM read_parquet(${file(path)})) TO ${text(unpacked)} (FORMAT csv)`);
    await read(unpacked);
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}
