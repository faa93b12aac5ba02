/** The server's clock: epoch ms with fractions, never going back. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
