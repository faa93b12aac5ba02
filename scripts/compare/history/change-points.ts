import { bestCut, type Cut } from './divergence.ts';

/** What sets two neighbouring pieces of a series apart. */
export interface Difference {
  /** Probability of so large a difference between runs of one level. */
  readonly p: number;
  /** Relative size, the larger one of there and back: 0.1 for 10 %. */
  readonly magnitude: number;
}

/** A series of runs in order of time. */
export interface Track {
  /** On the scale on which runs of one level scatter evenly: a logarithm, a logit. */
  readonly values: readonly number[];
  /** Of the runs [from, at) and [at, to). */
  readonly difference: (from: number, at: number, to: number) => Difference;
}

export interface Sensitivity {
  /** Level of significance of one change point. */
  readonly alpha: number;
  /** Changes below this are none that matter. */
  readonly magnitude: number;
  /** A level is at least so many runs: one odd run is none. */
  readonly least: number;
}

export const SENSITIVITY: Sensitivity = { alpha: 0.001, magnitude: 0.05, least: 3 };

const WINDOW = 50;
/** Weak points are looked at again once their neighbours are known. */
const WEAK = 10;

/**
 * Indices of the first runs of new levels. E-divisive with a t-test in windows that overlap, then weak points dropped
 * from the weakest on: M. Fleming et al., "Hunter", ICPE 2023, as Apache Otava does it.
 */
export function changePoints(track: Track, sensitivity: Sensitivity = SENSITIVITY): number[] {
  return strong(track, weak(track, sensitivity), sensitivity);
}

function weak(track: Track, sensitivity: Sensitivity): Cut[] {
  const { length } = track.values;
  const cuts = new Map<number, Cut>();
  for (let start = 0; start < length; ) {
    const found = divide(track, start, Math.min(start + WINDOW, length), sensitivity);
    for (const cut of found) if (!cuts.has(cut.at)) cuts.set(cut.at, cut);
    start = Math.max(found.at(-1)?.at ?? 0, start + WINDOW / 2);
  }
  return inOrder([...cuts.values()]);
}

/** Cuts a window at its clearest cut, then its pieces, as long as the clearest one of all is significant. */
function divide({ values, difference }: Track, start: number, end: number, { alpha, least }: Sensitivity): Cut[] {
  let cuts: Cut[] = [];
  for (;;) {
    const bounds = [start, ...cuts.map(({ at }) => at), end];
    const candidates = pieces(bounds).flatMap(([from, to]) => {
      const cut = bestCut(values, from, to, least);
      return cut === undefined ? [] : [{ ...cut, from, to }];
    });
    const [clearest] = candidates.sort((a, b) => b.divergence - a.divergence);
    if (clearest === undefined) return cuts;
    const { from, at, to, divergence } = clearest;
    if (difference(from, at, to).p > alpha * WEAK) return cuts;
    cuts = inOrder([...cuts, { at, divergence }]);
  }
}

function strong({ values, difference }: Track, found: readonly Cut[], sensitivity: Sensitivity): number[] {
  const { alpha, magnitude, least } = sensitivity;
  const cuts = [...found];
  while (cuts.length > 0) {
    const bounds = [0, ...cuts.map(({ at }) => at), values.length];
    const points = cuts.map((cut, index) => {
      const [from = 0, at = 0, to = 0] = bounds.slice(index, index + 3);
      const isLevel = at - from >= least && to - at >= least;
      return { index, cut, ...(isLevel ? difference(from, at, to) : { p: 1, magnitude: 0 }) };
    });
    // Where p-values are equal, as those of pieces that are no levels, the less clear cut goes first.
    const [weakest] = [...points].sort((a, b) => b.p - a.p || a.cut.divergence - b.cut.divergence);
    const [smallest] = [...points].sort((a, b) => a.magnitude - b.magnitude);
    if (weakest !== undefined && weakest.p >= alpha) cuts.splice(weakest.index, 1);
    else if (smallest !== undefined && smallest.magnitude < magnitude) cuts.splice(smallest.index, 1);
    else break;
  }
  return cuts.map(({ at }) => at);
}

const pieces = (bounds: readonly number[]): [from: number, to: number][] =>
  bounds.slice(1).map((to, index) => [bounds[index] ?? 0, to]);

const inOrder = (cuts: readonly Cut[]): Cut[] => [...cuts].sort((a, b) => a.at - b.at);
