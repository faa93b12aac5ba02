import { flagTable } from './flag-table.ts';

export const setupFlags = flagTable({ flags: {}, examples: ['fini-harness setup'] });
