/** A body above this makes a lane careful: k6 reads every body whole, and holds it several times over. */
const LARGE_CHARS = 1_000_000;
/** So many turns at once without a large body, and the lane is as it was. */
const PLENTY = 64;

/** How many turns of a lane may be in flight. */
export interface Room {
  /** Undefined where a turn may leave now; else resolves when it may. Either way it takes its place, until `leave`. */
  readonly enter: () => Promise<void> | undefined;
  /** A turn is over; `chars`: length of its answer's body, undefined where no answer came, which tells nothing. */
  readonly leave: (chars: number | undefined) => void;
  /** Turns that had to wait. */
  readonly held: () => number;
}

/**
 * As many as there are, until a large body comes. Then none until all that is in flight is settled; from there on one,
 * and one more with each answer that is not large, so that about one large body is in memory at a time, whatever share of
 * the answers has one.
 */
export function laneRoom(): Room {
  const waiting: (() => void)[] = [];
  let most = Number.POSITIVE_INFINITY;
  let inside = 0;
  let held = 0;

  const admit = (): void => {
    while (inside < most) {
      const next = waiting.shift();
      if (next === undefined) return;
      inside += 1;
      next();
    }
  };

  return {
    enter: () => {
      if (inside < most) {
        inside += 1;
        return undefined;
      }
      held += 1;
      return new Promise((resolve) => waiting.push(resolve));
    },
    leave: (chars) => {
      inside -= 1;
      if (chars !== undefined && chars > LARGE_CHARS) most = 1;
      // What left before the large body came says nothing about how many may leave after it.
      else if (chars !== undefined && inside < most) most += 1;
      if (most > PLENTY) most = Number.POSITIVE_INFINITY;
      if (waiting.length > 0) admit();
    },
    held: () => held,
  };
}
