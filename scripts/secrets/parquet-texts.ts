import { join } from 'node:path';
import { privateFolder } from '../foundation/private-folder.ts';
import { type Database, file, openDatabase, text } from '../ledger/database.ts';

/** A control character stands in no JSON: no value needs quotes, and each is a line. */
const ONE_A_LINE = `FORMAT csv, HEADER false, DELIMITER chr(1), QUOTE chr(2), ESCAPE chr(2)`;

/** Hands over all texts of a Parquet file as JSON, in one file that is there until `read` is done. */
export async function parquetTexts(path: string, read: (texts: string) => Promise<void>): Promise<void> {
  const folder = await privateFolder();
  const database = await openDatabase();
  try {
    const columns = await columnsOf(database, `SELECT * FROM ${rowsOf(path)}`);
    const names = `SELECT ${text(JSON.stringify(columns))}`;
    const texts: string[] = [];
    for (const { name, type } of columns) texts.push(...(await textsOf(database, { name, type }, path)));
    const unpacked = join(folder.path, 'texts.ndjson');
    await database.run(`COPY (${[names, ...texts].join(' UNION ALL ')}) TO ${text(unpacked)} (${ONE_A_LINE})`);
    await read(unpacked);
  } finally {
    await database.close();
    await folder.remove();
  }
}

interface Column {
  readonly name: string;
  readonly type: string;
}

const rowsOf = (path: string): string => `read_parquet(${file(path)})`;

async function columnsOf(database: Database, query: string): Promise<Column[]> {
  const columns = await database.rows<{ column_name: string; column_type: string }>(`DESCRIBE ${query}`);
  return columns.map(({ column_name: name, column_type: type }) => ({ name, type }));
}

const holdsText = ({ type }: Pick<Column, 'type'>): boolean => /VARCHAR|JSON|BLOB/.test(type);

/** Queries of the texts of a column, without the numbers that stand beside them in lists and structures. */
async function textsOf(database: Database, { name, type }: Column, path: string): Promise<string[]> {
  if (!holdsText({ type })) return [];
  const column = `"${name.replaceAll('"', '""')}"`;
  // Words such as a role are in every row.
  if (type === 'VARCHAR') {
    return [`SELECT to_json(word)::VARCHAR FROM (SELECT DISTINCT ${column} AS word FROM ${rowsOf(path)})`];
  }
  if (!/^STRUCT|\[\]$/.test(type) || type.includes('MAP(')) {
    return [`SELECT to_json(${column})::VARCHAR FROM ${rowsOf(path)} WHERE ${column} IS NOT NULL`];
  }
  const unnested = `SELECT unnest(${column}, recursive := true) FROM ${rowsOf(path)}`;
  const leaves = await columnsOf(database, unnested);
  const texts = leaves.flatMap((leaf, index) => (holdsText(leaf) ? [`to_json(leaf${index})::VARCHAR`] : []));
  const aliases = leaves.map((_, index) => `leaf${index}`);
  return [`SELECT concat_ws(' ', ${texts}) FROM (${unnested}) AS unnested(${aliases})`];
}
