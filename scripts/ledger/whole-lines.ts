import { NEWLINE } from '../foundation/newline.ts';
import { ledgerBytes } from './ledger-lines.ts';

const CHUNK_BYTES = 4 << 20;

/** The bytes of a ledger, cut after lines; its last line may be torn. */
export async function* wholeLines(path: string): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of ledgerBytes(path, CHUNK_BYTES) as AsyncIterable<Buffer>) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      yield Buffer.concat([...begun, chunk.subarray(0, end)]);
      begun = [];
    }
    begun.push(chunk.subarray(end));
  }
  yield Buffer.concat(begun);
}
