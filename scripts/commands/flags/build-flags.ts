import { flagTable } from './flag-table.ts';

export const buildFlags = flagTable({ flags: {}, examples: ['fini-harness build'] });
