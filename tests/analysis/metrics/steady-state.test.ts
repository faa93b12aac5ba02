import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import { isSettled, warmUpShare } from '../../../scripts/analysis/metrics/steady-state.ts';

function noise(length: number, level: (i: number) => number): Float64Array {
  const draw = random(3);
  return Float64Array.from({ length }, (_, i) => level(i) * (0.5 + draw()));
}

describe('isSettled', () => {
  it.each<[string, boolean, (i: number) => number]>([
    ['a level', true, () => 100],
    ['a short warm-up', true, (i) => (i < 100 ? 150 : 100)],
    ['a climb', false, (i) => 100 + i / 10],
    ['a drop in the middle', false, (i) => (i < 450 ? 300 : 100)],
  ])('%s: %s', (_, settled, level) => {
    expect(isSettled(noise(1000, level))).toBe(settled);
  });

  it('takes a short series as settled', () => {
    expect(isSettled(noise(50, (i) => i))).toBe(true);
  });
});

describe('warmUpShare', () => {
  it('finds where the warm-up ends', () => {
    const share = warmUpShare(noise(1000, (i) => (i < 200 ? 1000 : 100)));
    expect(share).toBeGreaterThanOrEqual(0.2);
    expect(share).toBeLessThan(0.25);
  });
});
