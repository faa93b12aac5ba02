import { SENSITIVITY } from '../../compare/history/change-points.ts';
import { BASELINES_FLAG } from './common-flags.ts';
import { flagTable, type OptionsOf } from './flag-table.ts';

/** Where runs put their results. */
export const RESULTS = 'results';

export const historyFlags = flagTable({
  arguments: {
    runs: {
      optional: true,
      many: true,
      default: [RESULTS],
      help: 'results of runs, folders of such results, or names of baselines',
    },
  },
  flags: {
    magnitude: { type: 'percent', default: SENSITIVITY.magnitude, help: 'ignore smaller changes' },
    ...BASELINES_FLAG,
    markdown: { type: 'switch', help: 'print Markdown' },
    json: { type: 'switch', help: 'print JSON' },
    html: { type: 'file', help: 'also write a page with a figure for each metric' },
  },
  examples: ['fini-harness history', 'fini-harness history main --html history.html'],
});

export type HistoryOptions = OptionsOf<typeof historyFlags>;
