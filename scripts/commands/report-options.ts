import { examples, type Flags } from './command-entry.ts';

/** What `report` was asked for. */
export interface ReportOptions {
  /** Folders of one run, or of its several runners. */
  readonly folders: readonly string[];
  readonly out?: string | undefined;
  readonly json: boolean;
  /** Of a drift check: folder of baselines and of accepted findings. */
  readonly memory: string;
}

export const reportFlags: Flags<ReportOptions> = {
  define: (line) => {
    line
      .argument('<folder...>', 'results of a run; several folders are the runners of one run')
      .option('--out <folder>', 'where the reports go (default: the first folder)')
      .option('--json', 'result.json on stdout, all else on stderr')
      .option('--memory <folder>', 'of a drift check: where baselines and accepted findings are kept', 'drift')
      .addHelpText(
        'after',
        examples(
          'fini-harness report results/2026-01-31T09-30-00-load',
          'fini-harness report runner-1 runner-2 --out merged',
        ),
      );
  },
  read: (line) => {
    const { out, json = false, memory } = line.opts<{ out?: string; json?: boolean; memory: string }>();
    return { folders: line.args, out, json, memory };
  },
};
