/** Looked up once: k6 takes as long for that as for the product. */
const { imul } = Math;

/** A stream of numbers in [0, 1): the same seed and stream give the same numbers in Node and in k6. */
export type Random = () => number;

/**
 * Mulberry32 (Tommy Ettinger, public domain), seeded by mixing `seed` with the numbers of `stream`,
 * so that every conversation has a stream of its own and no order of execution changes what it draws.
 */
export function random(seed: number, ...stream: readonly number[]): Random {
  let state = mix(seed);
  for (let index = 0; index < stream.length; index++) state = mix(state ^ mix((stream[index] as number) + 0x9e3779b9));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = imul(state ^ (state >>> 15), 1 | state);
    t = (t + imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The 32-bit finaliser of MurmurHash3: every input bit reaches every output bit. Signed. */
export function mix(value: number): number {
  let h = value | 0;
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
