import { flagsOf, type OptionsOf } from './flag-table.ts';

/** What `capacity` holds its answer against. */
export const FORECAST_FLAGS = flagsOf({
  forecast: {
    type: 'text',
    value: 'demand',
    help: 'conversations a month, arrivals.json of workload learn, or a CSV timestamp,conversations: reports when demand exceeds the capacity',
  },
  peakFactor: {
    type: 'text',
    value: 'n',
    help: 'with a number for --forecast: conversations of the busiest hour over those of a mean hour',
  },
  growth: { type: 'text', value: 'percent', help: 'growth of --forecast a month', fallback: 'estimated from the file' },
  headroom: {
    type: 'text',
    value: 'percent',
    help: "gate: how much the busiest hour of --forecast may grow within the certified rate, such as '>=30%'",
  },
  more: { type: 'text', value: 'percent', help: 'also report what a peak higher by this share needs' },
});

export type ForecastOptions = OptionsOf<{ flags: typeof FORECAST_FLAGS; examples: [] }>;
