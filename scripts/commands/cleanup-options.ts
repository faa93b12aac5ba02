import { examples, type Flags } from './command-entry.ts';

/** What `cleanup` was asked for. */
export interface CleanupCommandOptions {
  readonly folder: string;
  /** Say what would be removed; remove nothing. */
  readonly dryRun: boolean;
  readonly confirmTarget?: string | undefined;
}

export const cleanupFlags: Flags<CleanupCommandOptions> = {
  define: (line) => {
    line
      .argument('<folder>', 'results of a run')
      .option('--dry-run', 'say what would be removed; remove nothing', false)
      .option('--confirm-target <host>', 'remove conversations on this host, which is not this machine')
      .addHelpText(
        'after',
        examples(
          'fini-harness cleanup results/2026-01-31T09-30-00-load --dry-run',
          'fini-harness cleanup results/2026-01-31T09-30-00-load --confirm-target api-prod.usefini.com',
        ),
      );
  },
  read: (line) => ({ ...line.opts<Omit<CleanupCommandOptions, 'folder'>>(), folder: line.args[0] ?? '' }),
};
