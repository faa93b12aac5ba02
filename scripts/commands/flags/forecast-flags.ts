import { flagsOf, type OptionsOf } from './flag-table.ts';

/** What `capacity` holds its answer against. */
export const FORECAST_FLAGS = flagsOf({
  forecast: {
    type: 'text',
    value: 'demand',
    help: 'demand: conversations per month, arrivals.json of workload learn, or a CSV file timestamp,conversations; reports when demand exceeds the capacity',
  },
  peakFactor: {
    type: 'text',
    value: 'n',
    help: 'with a number for --forecast: conversations of the busiest hour divided by those of an average hour',
  },
  growth: { type: 'text', value: 'percent', help: 'monthly growth of --forecast', fallback: 'estimated from the file' },
  headroom: {
    type: 'text',
    value: 'percent',
    help: "gate: minimum growth of the busiest hour that the certified rate must allow, such as '>=30%'",
  },
  more: {
    type: 'text',
    value: 'percent',
    help: 'also report the capacity needed for a peak that is higher by this share',
  },
});

export type ForecastOptions = OptionsOf<{ flags: typeof FORECAST_FLAGS; examples: [] }>;
