const BINS = 512;
/** Of works, so many are not of the law that the others show. */
const ODD = 0.01;
/** Silverman's rule of thumb. */
const WIDTH = 0.9;
const INTERQUARTILE = 1.349;
const REACH = 4;
/** Works are looked at on the scale of log(work + this share of the median): short ones hardly differ. */
const OFFSET = 0.25;

/**
 * Sum over works of the logarithm of their density, of which each one's is that of all others: a Gaussian kernel on a
 * logarithmic scale, and one in a hundred anywhere. No shape is assumed.
 */
export function logDensity(works: readonly number[]): number {
  const n = works.length;
  const sorted = Float64Array.from(works).sort();
  const offset = OFFSET * (sorted[Math.floor(n / 2)] ?? 1);
  const logs = sorted.map((work) => Math.log(work + offset));
  const at = (share: number): number => logs[Math.floor(share * (n - 1))] ?? 0;
  const width = WIDTH * Math.max(1e-3, spreadOf(logs, at)) * n ** -0.2;
  const [from, to] = [at(0) - REACH * width, at(1) + REACH * width];
  const step = Math.max((to - from) / BINS, width / 8);
  const binOf = (log: number): number => Math.round((log - from) / step);
  const counts = new Float64Array(binOf(to) + 1);
  for (const log of logs) counts[binOf(log)] = (counts[binOf(log)] ?? 0) + 1;
  const reach = Math.ceil((REACH * width) / step);
  const kernel = new Float64Array(reach + 1);
  for (let j = 0; j <= reach; j++)
    kernel[j] = Math.exp(-0.5 * ((j * step) / width) ** 2) / (width * Math.sqrt(2 * Math.PI));
  let total = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin] ?? 0;
    if (count === 0) continue;
    let sum = -(kernel[0] ?? 0);
    const [first, last] = [Math.max(-reach, -bin), Math.min(reach, counts.length - 1 - bin)];
    for (let j = first; j <= last; j++) sum += (counts[bin + j] ?? 0) * (kernel[j < 0 ? -j : j] ?? 0);
    total += count * Math.log(((1 - ODD) * Math.max(0, sum)) / (n - 1) + ODD / (to - from));
  }
  for (const log of logs) total -= log;
  return total;
}

/** The smaller of standard deviation and what the quartiles say of it. */
function spreadOf(logs: Float64Array, at: (share: number) => number): number {
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const sd = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length);
  const quartiles = (at(0.75) - at(0.25)) / INTERQUARTILE;
  return quartiles > 0 ? Math.min(sd, quartiles) : sd;
}
