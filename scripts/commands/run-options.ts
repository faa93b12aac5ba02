import { examples, type Flags } from './command-entry.ts';
import { definePlanFlags, type PlanFlags, readPlanFlags } from './plan-flags.ts';

/** What `run` was asked for. */
export interface RunOptions extends PlanFlags {
  /** Folder for the results; default results/<time>-<scenario>. */
  readonly out?: string | undefined;
  /** result.json on stdout, all else on stderr. */
  readonly json: boolean;
  /** No live progress. */
  readonly quiet: boolean;
  /** The host that the user typed to confirm real traffic. */
  readonly confirmTarget?: string | undefined;
  /** Read back what the service stored, right after. */
  readonly audit: boolean;
  /** Remove the run's conversations at the end. */
  readonly cleanup: boolean;
  /** What stands after `--`, for k6. */
  readonly k6Args: readonly string[];
}

type Parsed = Pick<RunOptions, 'out' | 'json' | 'quiet' | 'confirmTarget' | 'audit' | 'cleanup'>;

export const runFlags: Flags<RunOptions> = {
  takesRest: true,
  define: (line) => {
    definePlanFlags(line);
    line
      .usage('<scenario> [options] [-- <k6 options>]')
      .option('--out <folder>', 'where the results go (default: results/<time>-<scenario>)')
      .option('--confirm-target <host>', 'send more than a smoke test to this host, which is not this machine')
      .option('--json', 'result.json on stdout, all else on stderr')
      .option('--audit', 'read back what the service stored, and hold it against what was answered', false)
      .option('--cleanup', 'remove the conversations of this run at the end', false)
      .option('--quiet', 'no live progress')
      .addHelpText(
        'after',
        examples(
          'fini-harness run smoke',
          'fini-harness run load --rate 2 --duration 10m --confirm-target api-prod.usefini.com',
          'fini-harness run load --concurrency 20 --max-turns 500 --base-url http://127.0.0.1:8787',
          'fini-harness run load --json > result.json',
          'fini-harness run load -- --out json=samples.json',
        ),
      );
  },
  read: (line, rest) => {
    const { out, json = false, quiet = false, confirmTarget, audit, cleanup } = line.opts<Parsed>();
    return { ...readPlanFlags(line), out, json, quiet, confirmTarget, audit, cleanup, k6Args: rest };
  },
};
