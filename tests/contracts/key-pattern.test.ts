import { describe, expect, it } from 'vitest';
import { keyPattern, shortName } from '../../contracts/key-pattern.ts';

const RANDOM_UUID = '0000d5c9-d5b9-4eee-ad08-5e2c7d9cb741';

describe('keyPattern', () => {
  it.each([
    ['createdAt', 'createdAt'],
    ['sha256', 'sha256'],
    ['utf16', 'utf16'],
    ['address_line_2', 'address_line_2'],
    ['rfc3339', 'rfc3339'],
    ['customerSatisfactionScore2024', 'customerSatisfactionScore2024'],
    ['@type', '@type'],
    ['constructor', 'constructor'],
    ['', ''],
    ['*', '*'],
    ['decade', 'decade'],
    ['feedface', 'feedface'],
  ])('%j is a name', (name, pattern) => expect(keyPattern(name)).toBe(pattern));

  it.each([
    [RANDOM_UUID, '*'],
    [`customer_${RANDOM_UUID}`, 'customer_*'],
    [`${RANDOM_UUID}:${RANDOM_UUID.toUpperCase()}`, '*'],
    ['4711', '*'],
    ['user:48151623', 'user:*'],
    ['507f1f77bcf86cd799439011', '*'],
    ['order-0a1b2c3d', 'order-*'],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '*'],
    ['2026-11-28', '*'],
    ['day 2026-11-28T14:30:00.000Z', 'day *'],
    ['ann.smith1984@mail.example', '[e-mail]'],
    ['fini_a1B2c3D4e5F6g7H8i9', '[key]'],
  ])('%j holds an id', (name, pattern) => expect(keyPattern(name)).toBe(pattern));

  it('is short, whatever the name is', () => {
    for (const unit of ['a', 'a1_', '😀', '\ud83d']) {
      expect(keyPattern(unit.repeat(100_000)).length).toBeLessThanOrEqual(80);
    }
  });
});

describe('shortName', () => {
  it('keeps a short name as it came', () => expect(shortName('x'.repeat(80))).toBe('x'.repeat(80)));

  it('takes a key out of a long one before it is cut in two', () => {
    expect(shortName(`${'x'.repeat(70)} fini_a1B2c3D4e5F6g7H8i9`)).toBe(`${'x'.repeat(70)} [key]`);
  });
});
