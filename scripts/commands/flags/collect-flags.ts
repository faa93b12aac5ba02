import { RESULT_JSON_FLAG } from './common-flags.ts';
import { flagTable, type OptionsOf } from './flag-table.ts';

export const collectFlags = flagTable({
  arguments: {
    folder: { type: 'folder', help: 'the ledgers of the runners: *.ndjson or *.ndjson.gz, also in subfolders' },
  },
  flags: {
    plan: { type: 'file', help: 'plan that the runners executed', fallback: 'run.json in the folder' },
    out: { type: 'folder', help: 'folder for result and reports', fallback: 'the folder' },
    wait: { type: 'switch', help: 'wait until all runners have ended' },
    ...RESULT_JSON_FLAG,
  },
  examples: ['fini-harness collect ledgers', 'fini-harness collect /ledger --plan /plan/run.json --wait'],
});

export type CollectOptions = OptionsOf<typeof collectFlags>;
