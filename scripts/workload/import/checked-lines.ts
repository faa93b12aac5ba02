import { isUtf8 } from 'node:buffer';
import { usageError } from '../../foundation/errors.ts';
import { NEWLINE } from '../../foundation/newline.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';
import { ledgerBytes } from '../../ledger/ledger-lines.ts';
import { cutAfterLines } from '../../ledger/whole-lines.ts';
import { lineError, type SourceFile } from './source-file.ts';

export const LONGEST_LINE = 4_000_000;
const NUL = 0;
/** A byte order mark of UTF-8, which is no text, and those of UTF-16. */
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/** Whole lines of text, and the number of the first one. */
export interface Lines {
  readonly bytes: Buffer;
  readonly line: number;
}

/**
 * The lines of a file, plain or gzip, a few at a time: UTF-8 text without NUL, of which no line is too long for memory.
 * @throws HarnessError (2) that names the first line that is something else
 */
export async function* checkedLines(file: SourceFile): AsyncGenerator<Lines> {
  let line = 1;
  const assertShort = (length: number): void => {
    if (length > LONGEST_LINE) throw lineError(file, line, `is longer than ${LONGEST_LINE / 1e6} MB`);
  };
  for await (const bytes of cutAfterLines(chunksOf(file), assertShort)) {
    if (bytes.length === 0) continue;
    const text = line === 1 ? withoutMark(file, bytes) : bytes;
    assertText(file, text, line);
    yield { bytes: text, line };
    line += newlinesIn(bytes);
  }
}

async function* chunksOf({ path, shownAs }: SourceFile): AsyncGenerator<Buffer> {
  const input = ledgerBytes(path);
  try {
    yield* input as AsyncIterable<Buffer>;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code.startsWith('Z_')) throw usageError(`${shownAs} is truncated, or not a gzip file`, { cause: error });
    throw usageError(`cannot read ${shownAs}: ${readTrouble(error)}`, { cause: error });
  } finally {
    input.destroy();
  }
}

function withoutMark(file: SourceFile, bytes: Buffer): Buffer {
  if (UTF16_MARKS.some((mark) => bytes.subarray(0, mark.length).equals(mark))) {
    throw lineError(file, 1, 'is UTF-16: save the file as UTF-8');
  }
  return bytes.subarray(0, UTF8_MARK.length).equals(UTF8_MARK) ? bytes.subarray(UTF8_MARK.length) : bytes;
}

function assertText(file: SourceFile, bytes: Buffer, line: number): void {
  const nul = bytes.indexOf(NUL);
  if (nul !== -1) {
    throw lineError(
      file,
      line + newlinesIn(bytes.subarray(0, nul)),
      'contains a NUL character: the file is not UTF-8 text',
    );
  }
  if (isUtf8(bytes)) return;
  let at = line;
  for (let from = 0; from < bytes.length; at += 1) {
    const end = bytes.indexOf(NEWLINE, from);
    const next = end === -1 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(from, next))) break;
    from = next;
  }
  throw lineError(file, at, 'is not UTF-8 text: save the file as UTF-8');
}

function newlinesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
