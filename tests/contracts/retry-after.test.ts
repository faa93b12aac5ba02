import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../contracts/retry-after.ts';

const NOW = Date.UTC(2026, 10, 28, 12, 0, 0);
const YEAR_MS = 365 * 24 * 3_600_000;

describe('retryAfterMs', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 3 ', 3_000],
    ['007', 7_000],
    ['1.5', 1_500],
    ['0.0001', 1],
    ['5, 30', 30_000],
    ['5, Sat, 28 Nov 2026 12:01:00 GMT', 60_000],
    ['Saturday, 28-Nov-26 12:01:00 GMT,90', 90_000],
    ['Sat, 28 Nov 2026 12:01:00 GMT, Sat, 28 Nov 2026 12:02:00 GMT', 120_000],
    ['99999999999999999999', YEAR_MS],
    ['1'.repeat(400), YEAR_MS],
    ['Sat, 28 Nov 2026 12:01:00 GMT', 60_000],
    ['Saturday, 28-Nov-26 12:01:00 GMT', 60_000],
    ['Sat Nov 28 12:01:00 2026', 60_000],
    ['Sat Dec  5 12:00:00 2026', 7 * 24 * 3_600_000],
    ['Fri, 27 Nov 2026 12:00:00 GMT', 0],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['Fri, 31 Dec 9999 23:59:59 GMT', YEAR_MS],
  ])('%j', (text, ms) => expect(retryAfterMs(text, NOW)).toBe(ms));

  it.each([
    '',
    ' ',
    'soon',
    '-1',
    '+1',
    '1e3',
    '0x10',
    '1,',
    ',1',
    '5, soon',
    'Sat,',
    'Sat, 5',
    'Sat,Sat,',
    'NaN',
    'Infinity',
    '2026',
    '5;30',
    '１２',
  ])('%j says nothing, or nothing that HTTP knows', (text) =>
    expect(retryAfterMs(text === '2026' ? '2026-11-28T12:01:00Z' : text, NOW)).toBeUndefined(),
  );

  it.each([
    'Sat, 28 Foo 2026 12:01:00 GMT',
    'Sat, 28 Nov 2026 12:01:00',
    'Sat, 28 Nov 2026 12:01:00 CET',
    '28 Nov 2026 12:01:00 GMT',
    'Sat, 28 Nov 2026 12:01 GMT',
  ])('%j is no HTTP date', (text) => expect(retryAfterMs(text, NOW)).toBeUndefined());

  it('says nothing where there is no header', () => expect(retryAfterMs(undefined, NOW)).toBeUndefined());

  it('counts a date from the clock of the service, where its answer shows it', () => {
    const date = 'Sat, 28 Nov 2026 13:00:00 GMT';
    expect(retryAfterMs('Sat, 28 Nov 2026 13:00:30 GMT', NOW, date)).toBe(30_000);
    expect(retryAfterMs('Sat, 28 Nov 2026 12:00:30 GMT', NOW, 'no date')).toBe(30_000);
    expect(retryAfterMs('30', NOW, date)).toBe(30_000);
  });

  it('takes a year of two digits for the latest that is at most 50 years ahead', () => {
    expect(retryAfterMs('Monday, 28-Nov-50 12:00:00 GMT', NOW)).toBe(YEAR_MS);
    expect(retryAfterMs('Monday, 28-Nov-77 12:00:00 GMT', NOW)).toBe(0);
  });
});
