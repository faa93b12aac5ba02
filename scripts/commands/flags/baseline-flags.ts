import { BASELINES_FLAG } from './common-flags.ts';
import { flagTable, type OptionsOf } from './flag-table.ts';

export const baselineFlags = flagTable({
  arguments: {
    action: {
      choices: ['add', 'list', 'show', 'prune'],
      help: 'add <name> <run...>, list, show <name> or prune <name>',
    },
    name: { optional: true, help: 'name of the baseline' },
    run: { optional: true, many: true, type: 'folder', help: 'add: results of runs, or folders of them' },
  },
  flags: {
    keep: { type: 'number', whole: true, least: 1, default: 20, help: 'prune: number of latest runs to keep' },
    ...BASELINES_FLAG,
  },
  examples: [
    'fini-harness baseline add main results/2026-01-31T09-30-00-load',
    'fini-harness baseline prune main --keep 10',
  ],
});

export type BaselineOptions = OptionsOf<typeof baselineFlags>;
