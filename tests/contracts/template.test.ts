import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { templateOf, weightTable } from '../../contracts/template.ts';

describe('templateOf', () => {
  it('draws by weight (chi-square, 4 degrees of freedom, 0.1 %)', () => {
    const weights = [1, 2, 3, 0.5, 3.5];
    const table = weightTable(weights);
    const counts = weights.map(() => 0);
    for (let number = 0; number < 20_000; number += 1) {
      const index = templateOf(1, number, table);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    const chiSquare = weights.reduce((sum, weight, index) => {
      const expected = 2_000 * weight;
      return sum + ((counts[index] ?? 0) - expected) ** 2 / expected;
    }, 0);
    expect(chiSquare).toBeLessThan(18.5);
  });

  it('always names a script, and the same one again', () => {
    const weights = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(weights, fc.nat(), fc.nat(), (list, seed, number) => {
        const index = templateOf(seed, number, weightTable(list));
        expect(list[index]).toBeDefined();
        expect(templateOf(seed, number, weightTable([...list]))).toBe(index);
      }),
    );
  });
});
