/** Numbers in a list or a typed array. */
type Numbers = Iterable<number> & { readonly length: number };

/** NaN for none. */
export function mean(values: Numbers): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Unbiased: over n - 1. NaN for fewer than two. */
export function variance(values: Numbers): number {
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return squares / (values.length - 1);
}
