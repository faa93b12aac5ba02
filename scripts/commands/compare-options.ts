import { usageError } from '../errors.ts';
import { examples, type Flags } from './command-entry.ts';

/** What `compare` was asked for. */
export interface CompareOptions {
  /** Each a results folder, a folder of them, or a baseline's name. */
  readonly baseline: string;
  readonly candidates: readonly string[];
  /** A p95 slower by less than this share is no regression. */
  readonly tolerance?: number | undefined;
  readonly baselines: string;
  readonly output: 'text' | 'markdown' | 'json';
  /** Where the page goes, if one is wanted. */
  readonly html?: string | undefined;
}

/** Where baselines are kept, from the working folder. */
export const BASELINES = 'baselines';

export const compareFlags: Flags<CompareOptions> = {
  define: (line) => {
    line
      .argument('<baseline>', 'results of a run, a folder of such results, or the name of a baseline')
      .argument('<candidate...>', 'the same; several are one candidate')
      .option('--tolerance <percent>', 'a p95 slower by less is no regression (default: 10%)', percent)
      .option('--baselines <folder>', 'where baselines are kept', BASELINES)
      .option('--markdown', 'Markdown for a comment on a pull request')
      .option('--json', 'the comparison as JSON')
      .option('--html <file>', 'also as a page, with figures')
      .addHelpText(
        'after',
        examples(
          'fini-harness compare results/before results/after',
          'fini-harness compare main results/2026-01-31T09-30-00-load --markdown',
        ),
      );
  },
  read: (line) => {
    const [baseline = '', ...candidates] = line.args;
    const options = line.opts<
      Omit<CompareOptions, 'baseline' | 'candidates' | 'output'> & Record<'markdown' | 'json', boolean | undefined>
    >();
    const { tolerance, baselines, html, markdown = false, json = false } = options;
    const output = json ? 'json' : markdown ? 'markdown' : 'text';
    return { baseline, candidates, tolerance, baselines, output, html };
  },
};

function percent(text: string): number {
  const value = Number(text.replace(/%$/, '')) / 100;
  if (text.trim() === '' || !(value > 0 && value < 1)) {
    throw usageError(`--tolerance takes a percentage between 0 and 100, such as 10%, got ${text}`);
  }
  return value;
}
