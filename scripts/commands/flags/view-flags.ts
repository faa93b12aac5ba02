import { flagTable, type OptionsOf } from './flag-table.ts';
import { RESULTS } from './history-flags.ts';

export const viewFlags = flagTable({
  arguments: { results: { optional: true, many: true, default: [RESULTS], help: 'folder of the results' } },
  flags: {
    memory: { type: 'folder', default: 'drift', help: 'folder of the history of drift checks' },
    json: { type: 'switch', help: 'print the address as JSON' },
  },
  examples: ['fini-harness view', 'fini-harness view ci-results'],
});

export type ViewOptions = OptionsOf<typeof viewFlags>;
