import { flagTable, type OptionsOf } from './flag-table.ts';

export const CI_SERVERS = ['github', 'gitlab', 'none'] as const;

export const initFlags = flagTable({
  arguments: {
    folder: { type: 'folder', optional: true, help: 'folder of the project (default: the working folder)' },
  },
  flags: {
    ci: { type: 'text', choices: CI_SERVERS, help: `CI files to write: ${CI_SERVERS.join(', ')}` },
    yes: { type: 'switch', help: 'ask no questions; without --ci, detect the CI server from its files' },
  },
  examples: ['fini-harness init', 'fini-harness init --yes --ci github'],
});

export type InitOptions = OptionsOf<typeof initFlags>;
