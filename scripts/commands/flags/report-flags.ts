import { RESULT_JSON_FLAG } from './common-flags.ts';
import { MEMORY_FLAG } from './drift-flags.ts';
import { flagTable, type OptionsOf } from './flag-table.ts';

export const reportFlags = flagTable({
  arguments: {
    folder: { type: 'folder', many: true, help: 'results of a run; several folders are the runners of one run' },
  },
  flags: {
    out: { type: 'folder', help: 'folder for the reports', fallback: 'the first folder' },
    ...RESULT_JSON_FLAG,
    otlp: {
      type: 'text',
      value: 'url',
      help: 'also send the metrics to this OpenTelemetry endpoint (OTLP over HTTP)',
    },
    memory: { ...MEMORY_FLAG.memory, help: 'drift check: folder of baselines and accepted findings' },
  },
  examples: [
    'fini-harness report results/2026-01-31T09-30-00-load',
    'fini-harness report results/2026-01-31T09-30-00-load --otlp http://127.0.0.1:4318',
    'fini-harness report runner-1 runner-2 --out merged',
  ],
});

export type ReportOptions = OptionsOf<typeof reportFlags>;
