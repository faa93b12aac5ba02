/** Which of some byte sequences stands where. */
export interface Hit {
  /** Number of the sequence. */
  readonly needle: number;
  /** Its first byte. */
  readonly offset: number;
}

export interface Finder {
  /** Calls back for every sequence that stands in `bytes`; ends the search when told true. */
  readonly find: (bytes: Uint8Array, onHit: (hit: Hit) => boolean) => void;
  /** Length of the longest one: as many bytes less one must be carried over from one part of a stream to the next. */
  readonly longest: number;
}

const BLOCKS = 1 << 16;

/**
 * Finds many sequences in one pass: Wu and Manber, "A fast algorithm for multi-pattern searching" (1994), with blocks of
 * two bytes. Of most of the input it looks at every eighth byte or so only, where the sequences are that long.
 */
export function finderOf(needles: readonly Uint8Array[]): Finder {
  if (needles.length === 0) return { find: () => undefined, longest: 0 };
  const window = Math.min(...needles.map(({ length }) => length));
  if (window < 2) throw new RangeError('a sequence to look for has at least two bytes');
  const { shift, ending } = tablesOf(needles, window);

  const find = (bytes: Uint8Array, onHit: (hit: Hit) => boolean): void => {
    const { length } = bytes;
    let last = window - 1;
    while (last < length) {
      const block = ((bytes[last - 1] ?? 0) << 8) | (bytes[last] ?? 0);
      const step = shift[block] ?? 0;
      if (step > 0) {
        last += step;
        continue;
      }
      const offset = last - window + 1;
      for (const needle of ending.get(block) ?? []) {
        if (standsAt(bytes, offset, needles[needle]) && onHit({ needle, offset })) return;
      }
      last += 1;
    }
  };
  return { find, longest: Math.max(...needles.map(({ length }) => length)) };
}

/** How far the end of the window may move for each block at its end, and which sequences' windows end in a block. */
function tablesOf(needles: readonly Uint8Array[], window: number) {
  const shift = new Uint16Array(BLOCKS).fill(Math.min(window - 1, 0xffff));
  const ending = new Map<number, number[]>();
  for (const [index, needle] of needles.entries()) {
    for (let end = 1; end < window; end++) {
      const block = ((needle[end - 1] ?? 0) << 8) | (needle[end] ?? 0);
      shift[block] = Math.min(shift[block] ?? 0, window - 1 - end);
      if (end === window - 1) ending.set(block, [...(ending.get(block) ?? []), index]);
    }
  }
  return { shift, ending };
}

function standsAt(bytes: Uint8Array, offset: number, needle: Uint8Array | undefined): boolean {
  if (needle === undefined || offset + needle.length > bytes.length) return false;
  for (let index = 0; index < needle.length; index++) if (bytes[offset + index] !== needle[index]) return false;
  return true;
}
