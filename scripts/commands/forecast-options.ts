import type { Command as CommandLine } from 'commander';
import { numeric } from './command-entry.ts';

/** What `capacity` was asked to hold its answer against; as typed. */
export interface ForecastOptions {
  /** Conversations a month, or the path of a CSV. */
  readonly forecast?: string | undefined;
  readonly peakFactor?: unknown;
  readonly growth?: string | undefined;
  readonly more?: string | undefined;
}

/** Adds the flags of a forecast. */
export function defineForecastFlags(line: CommandLine): void {
  line
    .option(
      '--forecast <demand>',
      'conversations a month, or a CSV timestamp,conversations: when the capacity is outgrown',
    )
    .option('--peak-factor <n>', 'conversations of the busiest hour over those of a mean hour of --forecast', numeric)
    .option('--growth <percent>', 'growth of --forecast a month (default: estimated from the CSV)')
    .option('--more <percent>', 'also tell what so much more than the peak of now needs');
}
