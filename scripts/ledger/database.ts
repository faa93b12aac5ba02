import { availableParallelism, totalmem } from 'node:os';
import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api';
import { privateFolder } from '../foundation/private-folder.ts';
import { type RowSource, registerSource } from './row-source.ts';

/** An in-memory DuckDB that spills to a temporary folder of its own. Columns come back as JavaScript values, integers as numbers. */
export interface Database {
  readonly run: (sql: string) => Promise<void>;
  readonly rows: <Row>(sql: string) => Promise<Row[]>;
  /** The one row of an aggregate. */
  readonly row: <Row>(sql: string) => Promise<Row>;
  /** Columns of numbers without nulls, as typed arrays: bytes for UTINYINT, else doubles. A million of these cost 8 MB. */
  readonly columns: <Columns = Float64Array[]>(sql: string) => Promise<Columns>;
  /** Runs the SQL that reads the rows of a source as the table function `name()`; rows are made once, in no order. */
  readonly runOnSource: (name: string, source: RowSource, sql: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Enough for any ledger: what does not fit goes to disk, which takes CPU, too. */
const LEAST_MEMORY = 450e6;
const MOST_MEMORY = 850e6;
/** Of the memory of the machine, or of the container that holds the process. */
const MEMORY_SHARE = 0.4;
const MOST_THREADS = 4;

export async function openDatabase(): Promise<Database> {
  // Loaded only when there is something to ask it: it takes longer to load than a command without it takes in all.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  // Processes that share a folder overwrite each other's spilled blocks.
  const spill = await privateFolder();
  const threads = Math.min(MOST_THREADS, availableParallelism());
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.round(memoryBytes() / 1e6)}MB`,
    preserve_insertion_order: 'false',
    threads: String(threads),
    temp_directory: spill.path,
  });
  const connection = await instance.connect();
  const rows = async <Row>(sql: string): Promise<Row[]> => {
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowObjectsJS().map((row) => plain(row) as Row);
  };
  return {
    run: async (sql) => {
      await connection.run(sql);
    },
    rows,
    row: async <Row>(sql: string): Promise<Row> => {
      const [row] = await rows<Row>(sql);
      if (row === undefined) throw new Error(`Query without a row: ${sql}`);
      return row;
    },
    columns: async <Columns>(sql: string): Promise<Columns> => (await readColumns(connection, sql)) as Columns,
    runOnSource: async (name, source, sql) => {
      const { failure } = await registerSource(connection, name, source, threads);
      try {
        await connection.run(sql);
      } catch (error) {
        throw failure() ?? error;
      }
    },
    close: async () => {
      connection.closeSync();
      instance.closeSync();
      await spill.remove();
    },
  };
}

function memoryBytes(): number {
  // Without a container it is 0, or more than there is.
  const most = Math.min(totalmem(), process.constrainedMemory() || totalmem());
  return Math.min(MOST_MEMORY, Math.max(LEAST_MEMORY, MEMORY_SHARE * most));
}

/** bigint to number, in lists and structs too. Every integer in a ledger is below 2^53. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return value;
}

async function readColumns(connection: DuckDBConnection, sql: string): Promise<(Float64Array | Uint8Array)[]> {
  const result = await connection.run(sql);
  const rows = Number(result.rowCount);
  const columns = result
    .columnTypes()
    .map((type) => (type.toString() === 'UTINYINT' ? new Uint8Array(rows) : new Float64Array(rows)));
  let offset = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const [index, column] of columns.entries()) column.set(numbersIn(chunk.getColumnVector(index)), offset);
    offset += chunk.rowCount;
  }
  return columns;
}

/** Values of the type of the column are taken as they lie in memory. */
function numbersIn(vector: DuckDBVector): ArrayLike<number> {
  const { items } = vector as { readonly items?: unknown };
  if (items instanceof Float64Array || items instanceof Uint8Array) return items;
  return Array.from({ length: vector.itemCount }, (_, row) => Number(vector.getItem(row)));
}

/** A string as an SQL literal. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A path as an SQL literal that DuckDB takes as it is, not as a pattern. */
export function file(path: string): string {
  return text(path.replace(/[*?[]/g, '[$&]'));
}

/** A list of strings for `IN`. */
export function list(values: readonly string[]): string {
  return `(${values.map(text).join(', ')})`;
}

/**
 * A sum or mean of fractions as SQL, the same in whatever order they are added up: to so many decimals,
 * few enough for the size of the number.
 */
export function exact(aggregate: string, decimals: number): string {
  return `round(${aggregate}, ${decimals})`;
}
