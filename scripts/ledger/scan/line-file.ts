import { closeSync, openSync, writeSync } from 'node:fs';

const BUFFER_BYTES = 1 << 20;

/** A new file that nobody else can read, written a megabyte at a time. */
export class LineFile {
  private readonly file: number;
  private readonly buffer = Buffer.alloc(BUFFER_BYTES);
  private length = 0;

  constructor(path: string) {
    this.file = openSync(path, 'wx', 0o600);
  }

  write(bytes: Buffer): void {
    if (this.length + bytes.length > BUFFER_BYTES) this.flush();
    if (bytes.length > BUFFER_BYTES) {
      writeAll(this.file, bytes);
      return;
    }
    bytes.copy(this.buffer, this.length);
    this.length += bytes.length;
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private flush(): void {
    writeAll(this.file, this.buffer.subarray(0, this.length));
    this.length = 0;
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
