import type { RunnerRow } from '../../contracts/generated/result.ts';
import { LATE_MS } from '../analysis/metrics/shares.ts';
import { count, duration } from '../foundation/text/format.ts';

/** A table of runners, a row each. */
export const RUNNER_HEAD = [
  'runner',
  'lanes',
  'sent',
  'cut',
  `> ${LATE_MS} ms late`,
  'late p95',
  'ready before start',
  'service clock ahead by',
] as const;

export function runnerCells({ runner, lanes, sent, cut, late, lateMs, readyMs, clockMs }: RunnerRow): string[] {
  const ready = readyMs === null ? 'no ledger' : signed(readyMs);
  const clock = clockMs === null ? '–' : `${signed(clockMs.lower)} to ${signed(clockMs.upper)}`;
  return [
    String(runner),
    ...[lanes, sent, cut, late].map(count),
    lateMs.p95 === null ? '–' : duration(lateMs.p95),
    ready,
    clock,
  ];
}

const signed = (ms: number): string => (ms < 0 ? `-${duration(-ms)}` : duration(ms));
