import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readDemandFile } from '../../../scripts/capacity/demand/demand-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'fini-harness-demand-'));
afterAll(() => rmSync(folder, { recursive: true }));
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function read(lines: readonly string[], { head = 'timestamp,conversations\n', end = '\n' } = {}) {
  const path = join(folder, `o'hara ${Math.random()}.csv`);
  writeFileSync(path, head + lines.join(end) + end);
  return readDemandFile(path);
}

const at = (text: string): number => Date.parse(text);

describe('readDemandFile', () => {
  it('adds rows up by the hour, in UTC', async () => {
    const lines = [
      '2026-03-02T09:00:00Z,3',
      '2026-03-02 09:59:59,4',
      '2026-03-02T11:30:00+01:00,5',
      '2026-03-02T12:00Z,0',
    ];
    const { everyMs, counts } = await read(lines);
    expect(everyMs).toBe(HOUR);
    expect(counts.map(({ startMs, count }) => [new Date(startMs).toISOString().slice(11, 16), count])).toEqual([
      ['09:00', 7],
      ['10:00', 5],
      ['12:00', 0],
    ]);
  });

  it.each([
    ['a carriage return', { head: 'timestamp,conversations\r\n', end: '\r\n' }],
    ['a byte order mark', { head: '\uFEFFtimestamp,conversations\n' }],
    ['capitals', { head: 'Timestamp,Conversations\n' }],
    ['quotes', { head: '"timestamp","conversations"\n' }],
  ])('reads a file with %s', async (_, form) => {
    const { counts } = await read(['2026-03-02T09:00,3', '2026-03-02T10:00,4.0'], form);
    expect(counts.map(({ count }) => count)).toEqual([3, 4]);
  });

  it.each([
    ['days', ['2026-03-01,5', '2026-03-02,6', '2026-03-04,7'], DAY],
    [
      'days of a zone whose clocks change',
      ['2026-03-28T00:00:00+01:00,5', '2026-03-29T00:00:00+01:00,6', '2026-03-30T00:00:00+02:00,7'],
      23 * HOUR,
    ],
    ['months', ['2026-01-01,5', '2026-02-01,6', '2026-03-01,7'], 28 * DAY],
  ])('sees counts of %s', async (_, lines, everyMs) => {
    const { counts, everyMs: found } = await read(lines);
    expect(found).toBe(everyMs);
    expect(counts.map(({ count }) => count)).toEqual([5, 6, 7]);
  });

  it('takes whole numbers however they are written', async () => {
    const { counts } = await read(['2026-03-02T09:00, 3 ', '2026-03-02T10:00,4.0', '2026-03-02T11:00,1e3']);
    expect(counts.map(({ count }) => count)).toEqual([3, 4, 1000]);
  });

  it('lets a count of a month end where the next begins, and one before a missing row after its own length', async () => {
    const { counts } = await read(['2026-01-01,5', '2026-02-01,6', '2026-03-01,7']);
    expect(counts.map(({ endMs }) => endMs)).toEqual([at('2026-02-01'), at('2026-03-01'), at('2026-03-29')]);
    const days = await read(['2026-03-01,5', '2026-03-02,6', '2026-03-05,7']);
    expect(days.counts[1]?.endMs).toBe(at('2026-03-03'));
  });

  it('takes rows at irregular times for starts, however rare', async () => {
    const { everyMs } = await read([
      '2026-03-01T09:12,1',
      '2026-03-01T13:40,1',
      '2026-03-02T08:01,1',
      '2026-03-02T17:20,1',
    ]);
    expect(everyMs).toBe(HOUR);
  });

  it.each([
    [['2026-03-01,5', '2026-03-02,-6'], 'line 3, column 2: conversations must be a whole number'],
    [['2026-03-01,5', '2026-03-02,'], 'line 3, column 2'],
    [['2026-03-01,nan'], 'line 2, column 2'],
    [
      ['2026-03-01,5', '2026-03-02,12.7'],
      'line 3, column 2: conversations must be a whole number of 0 or more, digits only, got "12.7"',
    ],
    [['2026-03-01,0.4'], 'line 2, column 2'],
    [['2026-03-01,5.0000001'], 'line 2, column 2'],
    [['"2026-03-01","1.5"'], 'line 2, column 2'],
    [['2026-03-01,infinity'], 'line 2, column 2'],
    [['2026-03-01,1e300'], 'line 2, column 2'],
    [['2026-03-01,5', '', '2026-03-01,2.5', '2026-03-01,5'], 'line 4, column 2'],
    [['2026-03-01,"1,000"'], 'line 2, column 2'],
    [['2026-03-01,1.000', '2026-03-02,2.000'], 'line 2, column 2'],
    [['2026-03-01,1_000'], 'line 2, column 2'],
    [['01/02/2026,5'], 'line 2, column 1: the timestamp must look like'],
    [['2026-02-30,5'], 'line 2, column 1'],
    [[',5'], 'line 2, column 1'],
    [['1767225600000,5'], 'line 2, column 1'],
    [['2026-03-01,5', '2026-03-02T09,5'], 'line 3, column 1'],
    [['2026-03-01,5', '', '2026-03-02,6,7'], 'line 4, column 3: must have two values'],
    [['2026-03-01,5', '2026-03-02'], 'line 3, column 1: must have two values'],
    [['1026-03-01,5', '2026-03-02,5'], 'line 2, column 1: the timestamp must'],
    [['infinity,5', '2026-03-02,5'], 'line 2, column 1: the timestamp must'],
    [['2026-03-01,5\r', '2026-03-02,6'], 'cannot be read as CSV'],
    [[], 'has no time; at least two are needed'],
    [['2026-03-01,5', '2026-03-01,5'], 'has only one time; at least two are needed'],
  ])('refuses %j', async (lines, why) => {
    await expect(read(lines)).rejects.toThrow(why);
  });

  it.each([
    ['', 'line 1: must be the header timestamp,conversations'],
    ['date,count\n', 'got "date,count"'],
    ['timestamp;conversations\n', 'separated by commas'],
  ])('refuses the header %j', async (head, why) => {
    await expect(read([], { head, end: '' })).rejects.toThrow(why);
  });

  it('says so where there is no file', async () => {
    await expect(readDemandFile(join(folder, 'none.csv'))).rejects.toThrow('there is no file');
    await expect(readDemandFile(folder)).rejects.toThrow('there is no file');
  });
});
