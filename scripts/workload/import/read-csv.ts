import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { checkedLines, LONGEST_LINE } from './checked-lines.ts';
import { type Column, columnsOf, type Row, rowReader } from './row.ts';
import type { SaidMessage } from './said-message.ts';
import { lineError, type SourceFile } from './source-file.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const LINE_END = /\r\n|\r|\n/g;

/**
 * Messages of a CSV file whose first line names its columns (RFC 4180; delimiter comma, semicolon, tab or bar).
 * @throws HarnessError (2) that names a line that is wrong
 */
export async function* readCsv(file: SourceFile): AsyncGenerator<SaidMessage> {
  const read = rowReader(file);
  let columns: readonly Column[] | undefined;
  for await (const { line, fields } of recordsOf(file)) {
    if (columns === undefined) {
      const found = columnsOf(fields);
      if ('trouble' in found) throw lineError(file, line, found.trouble);
      columns = found;
    } else {
      yield read(Object.fromEntries(columns.map((column, index) => [column, fields[index]])) as Row, line);
    }
  }
  if (columns === undefined) throw lineError(file, 1, 'the file is empty');
}

interface CsvRecord {
  /** That it starts in. */
  readonly line: number;
  readonly fields: readonly string[];
}

async function* recordsOf(file: SourceFile): AsyncGenerator<CsvRecord> {
  const chunks = checkedLines(file);
  const first = await chunks.next();
  if (first.done === true) return;
  const place = linePlace();
  const parser = parse({
    ...{ delimiter: delimiterOf(first.value.bytes), skip_empty_lines: true, max_record_size: LONGEST_LINE },
    on_record: (fields, { empty_lines }) => [String(place.of(fields, empty_lines)), ...fields],
  });
  const bytes = Readable.from(
    (async function* () {
      yield first.value.bytes;
      for await (const more of chunks) yield more.bytes;
    })(),
  );
  bytes.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const [line, ...fields] of parser as AsyncIterable<string[]>) yield { line: Number(line), fields };
  } catch (error) {
    throw error instanceof CsvError ? lineError(file, place.next(), troubleOf(error)) : error;
  } finally {
    bytes.destroy();
    parser.destroy();
  }
}

/** The line that each record starts in: the parser counts a `\r\n` within quotes twice. */
function linePlace() {
  let [next, empty] = [1, 0];
  return {
    of: (fields: readonly string[], emptyLines: number): number => {
      const line = next + emptyLines - empty;
      empty = emptyLines;
      next = line + 1;
      for (const field of fields) next += field.match(LINE_END)?.length ?? 0;
      return line;
    },
    next: () => next,
  };
}

/** Names of columns hold no delimiter. */
function delimiterOf(bytes: Buffer): string {
  const [header = ''] = bytes.toString().split(/[\r\n]/, 1);
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** In our words: those of the parser quote the text. */
function troubleOf({ code, message }: CsvError): string {
  switch (code) {
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
      return 'does not have as many fields as the first line';
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is not closed before the end of the file';
    case 'CSV_MAX_RECORD_SIZE':
      return `is longer than ${LONGEST_LINE / 1e6} MB: is a quote not closed?`;
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'text follows a closing quote: double the quotes within a quoted field';
    case 'INVALID_OPENING_QUOTE':
      return 'a quote is in a field that does not start with one: quote the field, and double the quotes within';
    default:
      return `is not CSV (${code ?? message})`;
  }
}
