import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pick, random, uuid } from '../../scripts/reference-server/random.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it('uuid gives random UUIDs, all different, the same for a stream', () => {
  const next = random(1, 2);
  const ids = Array.from({ length: 10_000 }, () => uuid(next));
  for (const id of ids) expect(id).toMatch(UUID);
  expect(new Set(ids).size).toBe(ids.length);
  expect(uuid(random(1, 2))).toBe(ids[0]);
  expect(uuid(random(1, 3))).not.toBe(ids[0]);
});

it('uuid uses every hex digit at every free place about as often', () => {
  const next = random(5);
  const counts = new Map<string, number>();
  for (let index = 0; index < 16_000; index++) {
    for (const [place, digit] of [...uuid(next)].entries()) {
      counts.set(`${place} ${digit}`, (counts.get(`${place} ${digit}`) ?? 0) + 1);
    }
  }
  const free = [...Array(36).keys()].filter((place) => ![8, 13, 14, 18, 19, 23].includes(place));
  for (const place of free) {
    for (const digit of '0123456789abcdef') {
      // Binomial(16,000, 1/16): 1,000 with a deviation of 30.6; six of them, for 480 places at once.
      expect(Math.abs((counts.get(`${place} ${digit}`) ?? 0) - 1_000)).toBeLessThan(184);
    }
  }
});

it('random gives numbers from 0 up to 1, and another stream other ones', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.integer(), (seed, a, b) => {
      const numbers = Array.from({ length: 20 }, random(seed, a));
      expect(numbers.every((one) => one >= 0 && one < 1)).toBe(true);
      expect(Array.from({ length: 20 }, random(seed, a))).toEqual(numbers);
      if (a !== b) expect(Array.from({ length: 20 }, random(seed, b))).not.toEqual(numbers);
    }),
  );
});

it('pick takes each item, and fails where there is none', () => {
  expect([0, 0.33, 0.34, 0.99].map((at) => pick(['a', 'b', 'c'], at))).toEqual(['a', 'a', 'b', 'c']);
  expect(() => pick([], 0)).toThrow(RangeError);
});
