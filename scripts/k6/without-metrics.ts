import { outputsOf } from './output-files.ts';

/**
 * Flags that keep k6 from holding every sample of every metric (some 140 bytes a turn, which a long run does not bear) for
 * a summary and thresholds that nobody sees. None where the user asked for an output, which may show them.
 */
export function withoutMetrics(version: string, args: readonly string[]): readonly string[] {
  if (outputsOf(args).length > 0) return [];
  const noSummary = Number.parseInt(version, 10) < 2 ? '--no-summary' : '--summary-mode=disabled';
  return ['--no-thresholds', noSummary];
}

/** Tells the scenarios, too, whether anybody sees the metrics that they add to k6's. */
export const metricsEnvironment = (flags: readonly string[]): Record<string, string> => ({
  FINI_METRICS: flags.length === 0 ? 'kept' : 'none',
});
