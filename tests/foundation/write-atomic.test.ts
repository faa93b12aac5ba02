import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeAtomic } from '../../scripts/foundation/write-atomic.ts';
import { scratch } from '../cli/scratch.ts';

describe('writeAtomic', () => {
  it.each([
    [undefined, 0o600],
    [0o644, 0o644],
  ])('replaces a file, with mode %s', async (mode, expected) => {
    const folder = scratch({ 'a.txt': 'before' });
    await writeAtomic(join(folder, 'a.txt'), 'after', mode);
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('after');
    expect(statSync(join(folder, 'a.txt')).mode & 0o777).toBe(expected);
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('lets a reader see one of the texts whole, whoever writes at the same time', async () => {
    const folder = scratch({ 'a.txt': '0'.repeat(300_000) });
    const path = join(folder, 'a.txt');
    const writing = Promise.all(['1', '2', '3'].map((digit) => writeAtomic(path, digit.repeat(300_000))));
    let isOver = false;
    void writing.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      expect(readFileSync(path, 'utf8')).toMatch(/^(.)\1{299999}$/);
      await new Promise(setImmediate);
    }
    await writing;
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('leaves neither half a file nor a draft where it fails', async () => {
    const folder = scratch();
    mkdirSync(join(folder, 'taken'));
    await expect(writeAtomic(join(folder, 'taken'), 'text')).rejects.toThrow();
    await expect(writeAtomic(join(folder, 'gone', 'a.txt'), 'text')).rejects.toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});
