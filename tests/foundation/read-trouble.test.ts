import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readTrouble } from '../../scripts/foundation/read-trouble.ts';

const folder = mkdtempSync(join(tmpdir(), 'fini-harness-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'file'), '');

it.each([
  ['gone', 'there is no such file'],
  ['.', 'it is a folder'],
  ['file/x', 'there is no such file: a part of its path is not a folder'],
  ['n'.repeat(300), 'its name is too long'],
])('reading %s: %s', (name, expected) => {
  let trouble = '';
  try {
    readFileSync(join(folder, name));
  } catch (error) {
    trouble = readTrouble(error);
  }
  expect(trouble).toBe(expected);
});

it('what has no code says what it says', () => {
  expect(readTrouble(new Error('half a file'))).toBe('half a file');
});
