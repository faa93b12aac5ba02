import { NEWLINE } from '../foundation/newline.ts';
import { ledgerBytes } from './ledger-lines.ts';

const CHUNK_BYTES = 4 << 20;

/** The bytes of a ledger, cut after lines; its last line may be torn. */
export const wholeLines = (path: string): AsyncGenerator<Buffer> =>
  cutAfterLines(ledgerBytes(path, CHUNK_BYTES) as AsyncIterable<Buffer>);

/** Chunks of bytes, cut after lines; the last one is what follows the last line. `onBegun` is told how long a line is so far. */
export async function* cutAfterLines(
  chunks: AsyncIterable<Buffer>,
  onBegun?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      yield Buffer.concat([...begun, chunk.subarray(0, end)]);
      begun = [];
      length = 0;
    }
    begun.push(chunk.subarray(end));
    length += chunk.length - end;
    onBegun?.(length);
  }
  yield Buffer.concat(begun);
}
