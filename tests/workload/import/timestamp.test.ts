import { describe, expect, it } from 'vitest';
import { timestampOf } from '../../../scripts/workload/import/timestamp.ts';

const AT = Date.UTC(2026, 0, 31, 9, 30, 5);

describe('a timestamp', () => {
  it.each<[string | number, string, number]>([
    ['2026-01-31T09:30:05Z', 'ISO 8601', AT],
    [' 2026-01-31 09:30:05z ', 'ISO 8601', AT],
    ['2026-01-31 09:30:05 UTC', 'ISO 8601', AT],
    ['2026-01-31T09:30:05.123456Z', 'ISO 8601', AT + 123],
    ['2026-01-31T09:30:05,5Z', 'ISO 8601', AT + 500],
    ['2026-01-31T10:30:05+01:00', 'ISO 8601', AT],
    ['2026-01-31T10:30:05+0100', 'ISO 8601', AT],
    ['2026-01-31 10:30:05+01', 'ISO 8601', AT],
    ['2026-01-31T04:00:05-05:30', 'ISO 8601', AT],
    ['2024-02-29T00:00Z', 'ISO 8601', Date.UTC(2024, 1, 29)],
    [AT, 'milliseconds', AT],
    [String(AT), 'milliseconds', AT],
    [AT / 1000, 'seconds', AT],
    [`${AT / 1000}.25`, 'seconds', AT + 250],
  ])('%s is in %s', (value, unit, at) => {
    expect(timestampOf(value)).toEqual({ at, unit });
  });

  it.each<[string | number, string]>([
    ['2026-01-31T09:30:05', 'has no time zone'],
    ['2026-01-31', 'is not a time'],
    ['31/01/2026 09:30', 'is not a time'],
    ['01/02/2026', 'is not a time'],
    ['2026-02-30T09:30:05Z', 'is not an existing time'],
    ['2026-01-31T24:30:05Z', 'is not an existing time'],
    ['2026-01-31T09:30:60Z', 'is not an existing time'],
    ['2026-01-31T09:30:05+99:00', 'is not an existing time'],
    ['1926-01-31T09:30:05Z', 'is not in the years 2000 to 2099'],
    [0, 'is not a time'],
    [-AT, 'is not a time'],
    [AT * 1000, 'is not a time'],
    ['1e12', 'is not a time'],
    [Number.NaN, 'is not a time'],
    ['', 'is not a time'],
    ['yesterday', 'is not a time'],
    ['<script>', 'is not a time'],
  ])('%s is refused', (value, trouble) => {
    expect(timestampOf(value)).toEqual({ trouble: expect.stringContaining(trouble) });
  });
});
