import { CONFIG_FLAG } from './common-flags.ts';
import { flagTable, type OptionsOf } from './flag-table.ts';

export const cleanupFlags = flagTable({
  arguments: { folder: { type: 'folder', help: 'results of a run' } },
  flags: {
    dryRun: { type: 'switch', help: 'list what would be removed; remove nothing' },
    ...CONFIG_FLAG,
    confirmTarget: { type: 'host', help: 'allow removing conversations on this remote host' },
  },
  examples: [
    'fini-harness cleanup results/2026-01-31T09-30-00-load --dry-run',
    'fini-harness cleanup results/2026-01-31T09-30-00-load --confirm-target api-prod.usefini.com',
  ],
});

export type CleanupOptions = OptionsOf<typeof cleanupFlags>;
