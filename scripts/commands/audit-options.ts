import { InvalidArgumentError } from 'commander';
import { durationMs } from '../run/config/duration.ts';
import { examples, type Flags } from './command-entry.ts';

/** What `audit` was asked for. */
export interface AuditCommandOptions {
  readonly folder: string;
  readonly sample?: number | undefined;
  readonly concurrency: number;
  readonly visibleMs: number;
  readonly confirmTarget?: string | undefined;
  /** audit.json on stdout, all else on stderr. */
  readonly json: boolean;
}

/** Of the audit, where nothing else is asked for; the wait is the last of its looks. */
export const AUDIT_DEFAULTS = { concurrency: 8, visibleMs: 18_500 } as const;

type Parsed = Omit<AuditCommandOptions, 'folder' | 'visibleMs'> & { readonly visibleWithin: number };

export const auditFlags: Flags<AuditCommandOptions> = {
  define: (line) => {
    line
      .argument('<folder>', 'results of a run')
      .option('--sample <n>', 'check so many conversations, drawn with the seed of the run (default: all)', wholeNumber)
      .option('--concurrency <n>', 'requests at a time', wholeNumber, AUDIT_DEFAULTS.concurrency)
      .option(
        '--visible-within <time>',
        'an event that is not visible so long after its answer is lost',
        duration,
        AUDIT_DEFAULTS.visibleMs,
      )
      .option('--confirm-target <host>', 'send the API key to this host, where the configuration does not name it')
      .option('--json', 'audit.json on stdout, all else on stderr', false)
      .addHelpText(
        'after',
        examples(
          'fini-harness audit results/2026-01-31T09-30-00-load',
          'fini-harness audit results/2026-01-31T09-30-00-load --sample 200 --json',
        ),
      );
  },
  read: (line) => {
    const { visibleWithin, ...rest } = line.opts<Parsed>();
    return { ...rest, visibleMs: visibleWithin, folder: line.args[0] ?? '' };
  },
};

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Give a whole number above 0.');
}

function duration(text: string): number {
  if (/^[0-9]+([.][0-9]+)?(ms|s|m|h)$/.test(text)) return durationMs(text);
  throw new InvalidArgumentError('Give a duration such as 500ms, 30s or 5m.');
}
