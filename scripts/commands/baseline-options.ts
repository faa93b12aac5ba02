import { usageError } from '../foundation/errors.ts';
import { didYouMean } from '../foundation/nearest.ts';
import { examples, type Flags } from './command-entry.ts';
import { BASELINES } from './compare-options.ts';

const ACTIONS = ['add', 'list', 'show', 'prune'] as const;

/** What `baseline` was asked for. */
export interface BaselineOptions {
  readonly action: (typeof ACTIONS)[number];
  /** Empty for `list`. */
  readonly name: string;
  /** Of `add`: results of runs. */
  readonly runs: readonly string[];
  /** Of `prune`: the latest runs that stay. */
  readonly keep: number;
  readonly baselines: string;
}

const KEEP = 20;

export const baselineFlags: Flags<BaselineOptions> = {
  define: (line) => {
    line
      .argument('<action>', 'add <name> <run...>, list, show <name> or prune <name>')
      .argument('[name]', 'of the baseline')
      .argument('[run...]', 'add: results of runs, or folders of them')
      .option('--keep <n>', 'prune: how many of the latest runs stay', Number, KEEP)
      .option('--baselines <folder>', 'where baselines are kept', BASELINES)
      .addHelpText(
        'after',
        examples(
          'fini-harness baseline add main results/2026-01-31T09-30-00-load',
          'fini-harness baseline prune main --keep 10',
        ),
      );
  },
  read: (line) => {
    const [action = '', name = '', ...runs] = line.args;
    const { keep, baselines } = line.opts<{ keep: number; baselines: string }>();
    const known = ACTIONS.find((each) => each === action);
    if (known === undefined) {
      throw usageError(
        `baseline has no action ${action}${didYouMean(action, ACTIONS) || `; it has ${ACTIONS.join(', ')}`}`,
      );
    }
    if (known !== 'list' && name === '') throw usageError(`baseline ${action} needs the name of a baseline`);
    if (known === 'add' && runs.length === 0) throw usageError('baseline add needs the results of at least one run');
    if (!Number.isInteger(keep) || keep < 1) throw usageError('--keep takes a whole number from 1 on');
    return { action: known, name, runs, keep, baselines };
  },
};
