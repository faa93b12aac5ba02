import { mean } from '../../foundation/statistics/moments.ts';
import { criticalValue } from '../../foundation/statistics/student-t.ts';

/** Resident memory at a moment: seconds since the start, bytes. */
export interface MemorySample {
  readonly at: number;
  readonly bytes: number;
}

/** How memory changes with time. */
export interface Slope {
  readonly meanBytes: number;
  readonly bytesPerMinute: number;
  /** 95 % interval. */
  readonly lower: number;
  readonly upper: number;
  /** Means of so many spans of time: what one sample shows is near to what the next one does. */
  readonly spans: number;
}

const SPANS = 20;
const SECONDS_PER_MINUTE = 60;

/**
 * Least squares over the means of 20 equal spans, with Student's t: garbage collection makes single samples depend on each
 * other. Undefined for fewer samples than spans.
 */
export function slopeOf(samples: readonly MemorySample[]): Slope | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || samples.length < SPANS) return undefined;
  const width = (last.at - first.at) / SPANS;
  const spans = Array.from({ length: SPANS }, (_, index) => {
    const from = first.at + index * width;
    return samples.filter(({ at }) => at >= from && (at < from + width || index === SPANS - 1));
  }).filter(({ length }) => length > 0);
  const points = spans.map((span) => ({
    x: mean(span.map(({ at }) => at)) / SECONDS_PER_MINUTE,
    y: mean(span.map(({ bytes }) => bytes)),
  }));
  const [meanX, meanY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const xx = sum(points.map(({ x }) => (x - meanX) ** 2));
  const slope = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / xx;
  const rest = sum(points.map(({ x, y }) => (y - meanY - slope * (x - meanX)) ** 2));
  const freedom = points.length - 2;
  const error = criticalValue(0.025, freedom) * Math.sqrt(rest / freedom / xx);
  return { meanBytes: meanY, bytesPerMinute: slope, lower: slope - error, upper: slope + error, spans: points.length };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
