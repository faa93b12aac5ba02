import { closeSync, openSync, readSync } from 'node:fs';
import { NEWLINE } from '../../foundation/newline.ts';
import { type ByteCursor, PADDING } from './byte-cursor.ts';

const CHUNK_BYTES = 4 << 20;

/** Gives the lines of files to a cursor, a chunk at a time. It reads while DuckDB waits, so it does not give way to others. */
export class LineReader {
  private readonly buffer = Buffer.alloc(CHUNK_BYTES + PADDING);
  private readonly paths: string[];
  private file: number | undefined;
  private length = 0;
  /** Where the last whole line ends. */
  private end = 0;

  /** @param onLong is given the parts of a line that is longer than a chunk, which the cursor does not see */
  constructor(
    private readonly cursor: ByteCursor,
    paths: readonly string[],
    private readonly onLong: (part: Buffer) => void,
  ) {
    this.paths = [...paths];
    cursor.over(this.buffer);
  }

  /** Whether there is a line at the cursor. */
  hasLine(): boolean {
    while (this.cursor.at >= this.end) {
      if (this.file === undefined && !this.openNext()) return false;
      this.readOn();
    }
    return true;
  }

  /** The end of the line that begins at a position: where its newline is. */
  endOf(from: number): number {
    return this.buffer.indexOf(NEWLINE, from);
  }

  part(from: number, to: number): Buffer {
    return this.buffer.subarray(from, to);
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private openNext(): boolean {
    const path = this.paths.shift();
    if (path === undefined) return false;
    this.file = openSync(path, 'r');
    return true;
  }

  /** Moves what is left of the chunk to its start, and reads behind it. */
  private readOn(): void {
    const { buffer, cursor, file } = this;
    if (file === undefined) return;
    buffer.copyWithin(0, this.end, this.length);
    this.length -= this.end;
    cursor.at = 0;
    if (this.length === CHUNK_BYTES) {
      this.dropLong(file);
      return;
    }
    const read = readSync(file, buffer, this.length, CHUNK_BYTES - this.length, null);
    this.length += read;
    if (read === 0) this.endFile();
    this.end = buffer.subarray(0, this.length).lastIndexOf(NEWLINE) + 1;
  }

  /** The last line of a file may lack its newline. */
  private endFile(): void {
    this.close();
    if (this.length > 0) this.buffer[this.length++] = NEWLINE;
  }

  /** The chunk holds no end of a line. */
  private dropLong(file: number): void {
    const { buffer } = this;
    let [length, end] = [CHUNK_BYTES, 0];
    while (end === 0 && length > 0) {
      this.onLong(buffer.subarray(0, length));
      length = readSync(file, buffer, 0, CHUNK_BYTES, null);
      end = buffer.subarray(0, length).indexOf(NEWLINE) + 1;
    }
    this.onLong(length === 0 ? Buffer.of(NEWLINE) : buffer.subarray(0, end));
    buffer.copyWithin(0, end, length);
    this.length = length - end;
    this.end = buffer.subarray(0, this.length).lastIndexOf(NEWLINE) + 1;
  }
}
