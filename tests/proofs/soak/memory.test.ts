import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import { slopeOf } from '../../../scripts/proofs/soak/memory.ts';

const MINUTE = 60;
const samples = (bytes: (at: number) => number) => Array.from({ length: 600 }, (_, at) => ({ at, bytes: bytes(at) }));

describe('slopeOf', () => {
  it('is exact for a line', () => {
    const slope = slopeOf(samples((at) => 1_000 + (50 * at) / MINUTE));
    expect(slope?.bytesPerMinute).toBeCloseTo(50, 6);
    expect(slope?.lower).toBeCloseTo(50, 6);
    expect(slope?.meanBytes).toBeCloseTo(1_000 + (50 * 299.5) / MINUTE, 6);
  });

  it('covers no growth in nineteen of twenty saws of a collector, and finds growth that is there', () => {
    let covered = 0;
    let found = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const next = random(seed, 1);
      const saw = (at: number): number => 1e8 + 1e7 * ((at / (11 + (seed % 7))) % 1) + 1e6 * next();
      const flat = slopeOf(samples(saw));
      const growing = slopeOf(samples((at) => saw(at) + (2e6 * at) / MINUTE));
      if (flat !== undefined && flat.lower <= 0 && flat.upper >= 0) covered += 1;
      if (growing !== undefined && growing.lower > 0) found += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(180);
    expect(found).toBe(200);
  });

  it('says nothing of a few samples', () => expect(slopeOf(samples(() => 1).slice(0, 5))).toBeUndefined());
});
