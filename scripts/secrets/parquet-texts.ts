import { join } from 'node:path';
import { privateFolder } from '../foundation/private-folder.ts';
import { file, openDatabase, text } from '../ledger/database.ts';

/** A control character stands in no JSON: no value needs quotes, and each is a line. */
const ONE_A_LINE = `FORMAT csv, HEADER false, DELIMITER chr(1), QUOTE chr(2), ESCAPE chr(2)`;

/** Hands over all texts of a Parquet file as JSON, in one file that is there until `read` is done. */
export async function parquetTexts(path: string, read: (texts: string) => Promise<void>): Promise<void> {
  const folder = await privateFolder();
  const database = await openDatabase();
  try {
    const columns = await database.rows<{ column_name: string; column_type: string }>(
      `DESCRIBE SELECT * FROM read_parquet(${file(path)})`,
    );
    const names = `SELECT ${text(JSON.stringify(columns.map(({ column_name: name }) => name)))}`;
    const texts = columns
      .filter(({ column_type: type }) => /VARCHAR|JSON|BLOB/.test(type))
      .map(({ column_name: name, column_type: type }) => textsOf(`"${name.replaceAll('"', '""')}"`, type, path));
    const unpacked = join(folder.path, 'texts.ndjson');
    await database.run(`COPY (${[names, ...texts].join(' UNION ALL ')}) TO ${text(unpacked)} (${ONE_A_LINE})`);
    await read(unpacked);
  } finally {
    await database.close();
    await folder.remove();
  }
}

/** Words such as a role are in every row, and most lists are empty. */
function textsOf(column: string, type: string, path: string): string {
  const rows = `FROM read_parquet(${file(path)})`;
  if (type === 'VARCHAR') return `SELECT to_json(word)::VARCHAR FROM (SELECT DISTINCT ${column} AS word ${rows})`;
  const filled = type.endsWith('[]') ? `len(${column}) > 0` : `${column} IS NOT NULL`;
  return `SELECT to_json(${column})::VARCHAR ${rows} WHERE ${filled}`;
}
