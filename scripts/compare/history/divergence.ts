/** A place where a series may be cut: the index of the first value of its second piece. */
export interface Cut {
  readonly at: number;
  /** How far apart the pieces are; of two cuts the larger one is the clearer. */
  readonly divergence: number;
}

/**
 * The cut of `values[from..to)` that sets its pieces furthest apart, of those that leave at least `least` values on
 * both sides; undefined where there is none. The second piece may end before `to`, so that a later change does not blur
 * an earlier one. Energy statistic of D. S. Matteson, N. A. James, J. Amer. Statist. Assoc. 109 (2014), exponent 1.
 */
export function bestCut(values: readonly number[], from: number, to: number, least: number): Cut | undefined {
  const sums = distanceSums(values.slice(from, to));
  const n = to - from;
  let best: Cut | undefined;
  for (let cut = least; cut <= n - least; cut += 1) {
    for (let end = cut + least; end <= n; end += 1) {
      const divergence = energy(sums, cut, end);
      if (best === undefined || divergence > best.divergence) best = { at: from + cut, divergence };
    }
  }
  return best;
}

/** `sums[i][j]`: the sum of the distances of the first i values from the first j. */
function distanceSums(values: readonly number[]): Float64Array[] {
  const sums = [new Float64Array(values.length + 1)];
  for (const [i, value] of values.entries()) {
    const above = sums[i] ?? new Float64Array(0);
    const row = new Float64Array(values.length + 1);
    let inRow = 0;
    for (const [j, other] of values.entries()) {
      inRow += Math.abs(value - other);
      row[j + 1] = (above[j + 1] ?? 0) + inRow;
    }
    sums.push(row);
  }
  return sums;
}

/** Distances between the pieces against those within them, of the first `cut` values and those up to `end`. */
function energy(sums: readonly Float64Array[], cut: number, end: number): number {
  const sum = (i: number, j: number): number => sums[i]?.[j] ?? Number.NaN;
  const [n, m] = [cut, end - cut];
  const between = sum(cut, end) - sum(cut, cut);
  const first = sum(cut, cut) / 2;
  const second = (sum(end, end) - 2 * sum(cut, end) + sum(cut, cut)) / 2;
  const within = (n > 1 ? (m * first) / (n - 1) : 0) + (m > 1 ? (n * second) / (m - 1) : 0);
  return (2 * (between - within)) / (n + m);
}
