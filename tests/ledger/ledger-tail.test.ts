import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import { ledgerTail } from '../../scripts/ledger/ledger-tail.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-tail-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('reads each whole line once, however the file grows', async () => {
  let run = 0;
  const lines = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(lines, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), async (texts, sizes) => {
      run += 1;
      const path = join(folder, `grows-${run}.ndjson`);
      const bytes = Buffer.from(texts.map((message) => `${JSON.stringify({ kind: 'fault', message })}\n`).join(''));
      const read: string[] = [];
      const tail = ledgerTail(path, (line) => read.push(line.kind === 'fault' ? line.message : ''));
      await tail.read();
      for (let from = 0, i = 0; from < bytes.length; i++) {
        const size = sizes[i % sizes.length] ?? 1;
        await appendFile(path, bytes.subarray(from, from + size));
        from += size;
        await tail.read();
      }
      await tail.close();
      expect(read).toEqual(texts);
    }),
    { numRuns: 25 },
  );
});

test('lines longer than what is read at once; damaged and unfinished lines are left out', async () => {
  const path = join(folder, 'long.ndjson');
  const long = 'ü'.repeat(1_500_000);
  await writeFile(
    path,
    `{"kind":"fault","message":"${long}"}\n{"kind":"fau\n7\n{"kind":"fault","message":"b"}\n{"kind":"f`,
  );
  const read: LedgerLine[] = [];
  const tail = ledgerTail(path, (line) => read.push(line));
  await tail.read();
  await tail.close();
  expect(read).toEqual([
    { kind: 'fault', message: long },
    { kind: 'fault', message: 'b' },
  ]);
});
