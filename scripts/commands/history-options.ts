import { examples, type Flags } from './command-entry.ts';
import { BASELINES } from './compare-options.ts';
import { percent } from './percent.ts';

/** What `history` was asked for. */
export interface HistoryOptions {
  /** Each a results folder, a folder of them, or a baseline's name. */
  readonly sources: readonly string[];
  /** Changes below this share are left out. */
  readonly magnitude?: number | undefined;
  readonly baselines: string;
  readonly output: 'text' | 'markdown' | 'json';
  /** Where the page goes, if one is wanted. */
  readonly html?: string | undefined;
}

const RESULTS = 'results';

export const historyFlags: Flags<HistoryOptions> = {
  define: (line) => {
    line
      .argument('[runs...]', 'results of runs, folders of such results, or names of baselines', [RESULTS])
      .option('--magnitude <percent>', 'leave out smaller changes (default: 5%)', (text) =>
        percent('--magnitude', text),
      )
      .option('--baselines <folder>', 'where baselines are kept', BASELINES)
      .option('--markdown', 'as Markdown')
      .option('--json', 'as JSON')
      .option('--html <file>', 'also as a page, with a figure a metric')
      .addHelpText('after', examples('fini-harness history', 'fini-harness history main --html history.html'));
  },
  read: (line) => {
    const { magnitude, baselines, html, markdown = false, json = false } = line.opts<Parsed>();
    const output = json ? 'json' : markdown ? 'markdown' : 'text';
    return { sources: line.args.length === 0 ? [RESULTS] : line.args, magnitude, baselines, output, html };
  },
};

interface Parsed extends Pick<HistoryOptions, 'magnitude' | 'baselines' | 'html'> {
  readonly markdown?: boolean;
  readonly json?: boolean;
}
