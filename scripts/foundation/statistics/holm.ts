/** Holm's step-down adjustment (S. Holm, Scand. J. Statist. 6, 1979): reject where the adjusted p is below alpha. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => (ps[a] ?? 1) - (ps[b] ?? 1));
  const adjusted = ps.slice();
  let floor = 0;
  for (const [rank, i] of order.entries()) {
    floor = Math.max(floor, Math.min(1, (ps[i] ?? 1) * (ps.length - rank)));
    adjusted[i] = floor;
  }
  return adjusted;
}
