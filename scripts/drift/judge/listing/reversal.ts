/** Clocks that differ give times of any order: it takes ten of them, all reversed, to be rarer by chance than this. */
const UNLIKELY = 1e-6;
/** Of all pairs; where fewer are reversed no page is long enough to tell. */
const LEAST_SHARE = 0.6;

/** Whether times that should fall rise so often that an order by chance hardly ever does: M. G. Kendall, Biometrika 30 (1938). */
export function isReversed(times: readonly number[]): boolean {
  const n = times.length;
  const pairs = (n * (n - 1)) / 2;
  let rising = 0;
  for (let later = 1; later < n; later++)
    for (let earlier = 0; earlier < later; earlier++) if ((times[later] ?? 0) > (times[earlier] ?? 0)) rising += 1;
  return rising >= LEAST_SHARE * pairs && chanceOf(n, pairs - rising) < UNLIKELY;
}

/** The share of orders of `n` things with at most so many pairs that fall. Ties fall, so that they accuse nobody. */
function chanceOf(n: number, falling: number): number {
  let shares = [1];
  for (let size = 2; size <= n; size++) {
    const next = new Array<number>(Math.min(shares.length + size - 1, falling + 1)).fill(0);
    for (const [count, share] of shares.entries())
      for (let more = 0; more < size && count + more < next.length; more++)
        next[count + more] = (next[count + more] ?? 0) + share / size;
    shares = next;
  }
  return shares.reduce((sum, share) => sum + share, 0);
}
