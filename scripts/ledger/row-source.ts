import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import type Bindings from '@duckdb/node-bindings';
import type { Vector } from '@duckdb/node-bindings';

/** Most rows of a chunk: DuckDB's own. */
export const MOST_ROWS = 2048;

/** The type of a column; a list of words is an ENUM, whose values are places in it. */
export type SourceType = 'INTEGER' | 'DOUBLE' | 'UTINYINT' | 'UBIGINT' | 'UUID' | 'VARCHAR' | readonly string[];
/** Numbers as DuckDB has them in memory; a UBIGINT has two words and a UUID four, the least significant first. */
export type SourceValues = Numbers | readonly (string | undefined)[];
type Numbers = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** Some rows, at most MOST_ROWS, in columns that have room for so many. */
export interface SourceRows {
  readonly count: number;
  readonly values: Readonly<Record<string, SourceValues>>;
  /** Columns that are null in all of these rows. */
  readonly nulls: readonly string[];
}

export interface RowSource {
  readonly columns: Readonly<Record<string, SourceType>>;
  /** The next rows; undefined at the end. */
  readonly next: () => SourceRows | undefined;
}

/** Makes a function of tables, `name()`, whose rows this thread gives while DuckDB's threads work on those before. */
export async function registerSource(
  connection: DuckDBConnection,
  name: string,
  { columns, next }: RowSource,
  threads: number,
): Promise<{ failure: () => unknown }> {
  const duckdb = await import('@duckdb/node-api');
  const { default: bindings } = await import('@duckdb/node-bindings');
  const names = Object.keys(columns);
  let failure: unknown;
  const typeOf = (type: SourceType): DuckDBType => (typeof type === 'string' ? duckdb[type] : duckdb.ENUM(type));
  const source = duckdb.DuckDBTableFunction.create({
    name,
    bindFunction: (info) => {
      for (const [column, type] of Object.entries(columns)) info.addResultColumn(column, typeOf(type));
    },
    initFunction: (info) => info.setMaxThreads(threads),
    mainFunction: (info, { chunk }) => {
      try {
        const rows = next();
        bindings.data_chunk_set_size(chunk, rows?.count ?? 0);
        if (rows === undefined) return;
        for (const [index, column] of names.entries())
          writeColumn(bindings, bindings.data_chunk_get_vector(chunk, index), rows, column);
      } catch (error) {
        failure = error;
        info.setError('The rows of a source could not be made.');
      }
    },
  });
  connection.registerTableFunction(source);
  return { failure: () => failure };
}

const BITS = 8;
const VALIDITY = new Uint8Array(MOST_ROWS / BITS);

/** Values are copied as they lie in memory: a value at a time, or the vectors of the package, would cost as much as all else. */
function writeColumn(
  bindings: typeof Bindings,
  vector: Vector,
  { count, values, nulls }: SourceRows,
  column: string,
): void {
  const own = values[column];
  if (own === undefined) throw new Error(`A source without ${column}`);
  const isNull = nulls.includes(column);
  if (isTexts(own) || isNull) {
    VALIDITY.fill(0);
    if (isTexts(own)) for (let row = 0; row < count; row++) writeText(bindings, vector, row, own[row]);
    bindings.vector_ensure_validity_writable(vector);
    bindings.copy_data_to_vector_validity(vector, 0, VALIDITY.buffer, 0, VALIDITY.byteLength);
    return;
  }
  const bytes = (own.byteLength / MOST_ROWS) * count;
  bindings.copy_data_to_vector(vector, 0, own.buffer, own.byteOffset, bytes);
}

const isTexts = (values: SourceValues): values is readonly (string | undefined)[] => Array.isArray(values);

function writeText(bindings: typeof Bindings, vector: Vector, row: number, value: string | undefined): void {
  if (value === undefined) return;
  bindings.vector_assign_string_element(vector, row, value);
  VALIDITY[row >> 3] = (VALIDITY[row >> 3] ?? 0) | (1 << (row & 7));
}
