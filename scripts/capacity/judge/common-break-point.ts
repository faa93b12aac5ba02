import type { BreakPoint } from '../measure/break-point.ts';
import type { ClosedStep } from '../measure/closed-step.ts';
import type { Level } from '../measure/level.ts';

/** Break points that differ by less are the same one. */
const SAME = 1.25;
/** Throughput that falls so far when the turns in flight double. */
const COLLAPSE = 0.5;

/**
 * The break point that levels agree about, the one of the median level. Once may be a stall: it takes two levels, or one
 * and a closed step whose throughput collapsed when it got there.
 */
export function commonBreakPoint(levels: readonly Level[], closed: readonly ClosedStep[]): BreakPoint | undefined {
  const seen = levels.flatMap(({ breakPoint }) => breakPoint ?? []).sort((a, b) => a.inFlight - b.inFlight);
  const middle = seen[Math.floor(seen.length / 2)];
  if (middle === undefined) return undefined;
  const same = seen.filter(
    ({ inFlight }) => Math.max(inFlight, middle.inFlight) <= SAME * Math.min(inFlight, middle.inFlight),
  );
  const isSeenTwice = same.length >= 2 || collapsedAround(closed, middle.inFlight);
  return isSeenTwice ? middle : undefined;
}

function collapsedAround(closed: readonly ClosedStep[], inFlight: number): boolean {
  return closed.some((step) => {
    const half = closed.find(({ concurrency }) => 2 * concurrency === step.concurrency);
    const isAround = inFlight < SAME * step.concurrency && inFlight * SAME > step.concurrency / 2;
    return half !== undefined && isAround && step.throughput < COLLAPSE * half.throughput;
  });
}

/** One-sided 99.9 %: a break that takes long to come undone must hardly ever begin. */
const RARELY = 3.09;

/** The highest rate at which turns in flight, as many as a Poisson law says, hardly ever are so many. */
export function rateClearOf(inFlight: number, meanMs: number): number {
  const root = (Math.sqrt(RARELY ** 2 + 4 * inFlight) - RARELY) / 2;
  return (1000 * root ** 2) / meanMs;
}
