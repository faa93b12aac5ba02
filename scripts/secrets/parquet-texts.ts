import { join } from 'node:path';
import { privateFolder } from '../foundation/private-folder.ts';
import { file, openDatabase, text } from '../ledger/database.ts';

/** Hands over all texts of a Parquet file, as one file of text that is there until `read` is done. */
export async function parquetTexts(path: string, read: (texts: string) => Promise<void>): Promise<void> {
  const folder = await privateFolder();
  const database = await openDatabase();
  try {
    const columns = await database.rows<{ column_name: string; column_type: string }>(
      `DESCRIBE SELECT * FROM read_parquet(${file(path)})`,
    );
    const texts = columns
      .filter(({ column_type: type }) => /VARCHAR|JSON|BLOB/.test(type))
      .map(({ column_name: name }) => `"${name.replaceAll('"', '""')}"`);
    if (texts.length === 0) return;
    const unpacked = join(folder.path, 'texts.ndjson');
    await database.run(`COPY (SELECT ${texts} FROM read_parquet(${file(path)})) TO ${text(unpacked)} (FORMAT json)`);
    await read(unpacked);
  } finally {
    await database.close();
    await folder.remove();
  }
}
