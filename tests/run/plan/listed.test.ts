import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../scripts/foundation/exit-codes.ts';
import { readDurations, readIds } from '../../../scripts/run/plan/listed.ts';
import { scratch } from '../../cli/scratch.ts';

const file = (text: string): string => join(scratch({ list: text }), 'list');

describe('readIds', () => {
  it('reads one a line, without blanks', async () => {
    expect(await readIds(file('a\r\n\n  b \n'))).toEqual(['a', 'b']);
  });
});

describe('readDurations', () => {
  it('reads one a line', async () => {
    expect(await readDurations(file('1500\n0\n2.5'))).toEqual([1500, 0, 2.5]);
  });

  it.each([
    ['words', '100\n\n5s', /list:3: must be a duration in ms, got 5s/],
    ['less than nothing', '-1', /list:1: must be a duration in ms, got -1/],
    ['nothing', '\n', /list is empty: it needs one duration in ms per line/],
  ])('refuses %s', async (_name, text, message) => {
    const refused = expect(readDurations(file(text))).rejects;
    await refused.toThrow(message);
    await refused.toMatchObject({ exitCode: EXIT.usage });
  });

  it('refuses a file that is not there', async () => {
    await expect(readDurations(join(scratch(), 'gone'))).rejects.toThrow(
      /cannot read the file with one duration in ms per line/,
    );
  });
});
