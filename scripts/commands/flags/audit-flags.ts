import { CONFIG_FLAG, RESULT_JSON_FLAG } from './common-flags.ts';
import { flagTable, type OptionsOf } from './flag-table.ts';

/** Of an audit that somebody else asks for; the wait is the last of its looks. */
export const AUDIT_DEFAULTS = { concurrency: 8, visibleMs: 18_500 } as const;

export const auditFlags = flagTable({
  arguments: { folder: { type: 'folder', help: 'results of a run' } },
  flags: {
    sample: {
      type: 'number',
      whole: true,
      least: 1,
      help: 'check this many conversations, drawn with the seed of the run',
      fallback: 'all',
    },
    concurrency: {
      type: 'number',
      whole: true,
      least: 1,
      default: AUDIT_DEFAULTS.concurrency,
      help: 'maximum number of concurrent requests',
    },
    visibleWithin: {
      type: 'duration',
      default: AUDIT_DEFAULTS.visibleMs,
      help: 'an event not visible this long after its answer counts as lost',
    },
    ...CONFIG_FLAG,
    confirmTarget: {
      type: 'host',
      help: 'allow sending the API key to this host, if the configuration does not name it',
    },
    json: { ...RESULT_JSON_FLAG.json, help: 'audit.json on stdout, everything else on stderr' },
  },
  examples: [
    'fini-harness audit results/2026-01-31T09-30-00-load',
    'fini-harness audit results/2026-01-31T09-30-00-load --sample 200 --json',
  ],
});

export type AuditOptions = OptionsOf<typeof auditFlags>;
