/** A stream of numbers in [0, 1). */
export type Random = () => number;

/** Streams of one seed, one for each purpose, so that switching one thing on never changes what another draws. */
export const STREAM = { workspace: 1, ids: 2, service: 3, reply: 4, operators: 5, variants: 6 } as const;

/**
 * SplitMix32 (after Steele, Lea and Flood, 2014), started from `seed` and the numbers of `stream`.
 * A turn draws from streams that hold its own number, so that no order of completion changes what it draws.
 */
export function random(seed: number, ...stream: readonly number[]): Random {
  let state = stream.reduce((hash, part) => scramble(hash ^ scramble((part + 0x9e3779b9) | 0)), scramble(seed | 0));
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return (scramble(state) >>> 0) / 2 ** 32;
  };
}

/** One number in [0, 1) for a place in a stream, without the stream. */
export function draw(seed: number, ...stream: readonly number[]): number {
  return random(seed, ...stream)();
}

/** The item that a number in [0, 1) points at. */
export function pick<Item>(items: readonly Item[], at: number): Item {
  const item = items[Math.floor(at * items.length)];
  if (item === undefined) throw new RangeError('Nothing to pick from.');
  return item;
}

const HEX = Buffer.from('0123456789abcdef');
/** Where the dashes, the version and the variant are. */
const FORM = Buffer.from('xxxxxxxx-xxxx-4xxx-vxxx-xxxxxxxxxxxx');
const [X, V] = Buffer.from('xv');
const scratch = Buffer.alloc(FORM.length);

/** A random (version 4) UUID from a stream. Written into bytes first: joined strings would take five times the memory. */
export function uuid(next: Random): string {
  let word = 0;
  let nibbles = 0;
  for (const [index, form] of FORM.entries()) {
    if (form !== X && form !== V) {
      scratch[index] = form;
      continue;
    }
    if (nibbles === 0) [word, nibbles] = [Math.floor(next() * 2 ** 32), 8];
    const nibble = form === V ? 8 + (word & 3) : word & 15;
    scratch[index] = HEX[nibble] ?? form;
    word >>>= 4;
    nibbles--;
  }
  return scratch.toString('latin1');
}

/** The finaliser "lowbias32" (Chris Wellons, public domain). */
function scramble(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

/** FNV-1a: a number that stays the same for a name. */
export function fingerprint(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash | 0;
}
