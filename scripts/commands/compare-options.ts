import type { Command as CommandLine } from 'commander';
import { CHOSEN_PAIRS } from '../compare/interleave/chosen.ts';
import type { PairsOptions } from '../compare/interleave/plan-pairs.ts';
import { usageError } from '../foundation/errors.ts';
import { type ConfigFlags, FLAG_KEYS } from '../run/config/load.ts';
import { examples, type Flags, numeric } from './command-entry.ts';
import { percent } from './percent.ts';
import { defineLoadFlags } from './plan-flags.ts';

/** What `compare` was asked for. */
export interface CompareOptions {
  /** Stored runs: each a results folder, a folder of them, or a baseline's name. */
  readonly baseline: string;
  readonly candidates: readonly string[];
  /** Runs to be made first. */
  readonly interleave?: InterleaveOptions | undefined;
  /** A p95 slower by less than this share is no regression. */
  readonly tolerance?: number | undefined;
  readonly baselines: string;
  readonly output: 'text' | 'markdown' | 'json';
  /** Where the page goes, if one is wanted. */
  readonly html?: string | undefined;
}

/** What `compare --interleave` was asked for. */
export interface InterleaveOptions extends PairsOptions {
  /** Folder of a comparison to go on with. */
  readonly resume?: string | undefined;
  /** Folder for the results; default results/<time>-compare. */
  readonly out?: string | undefined;
  /** Show what would be sent; send nothing. */
  readonly plan: boolean;
  readonly quiet: boolean;
  /** The hosts that the user typed to confirm real traffic. */
  readonly confirmTargets: readonly string[];
}

/** Where baselines are kept, from the working folder. */
export const BASELINES = 'baselines';

export const compareFlags: Flags<CompareOptions> = {
  define: (line) => {
    line
      .argument('[baseline]', 'results of a run, a folder of such results, or the name of a baseline')
      .argument('[candidate...]', 'the same; several are one candidate')
      .option('--tolerance <percent>', 'a p95 slower by less is no regression (default: 10%)', (text) =>
        percent('--tolerance', text),
      )
      .option('--baselines <folder>', 'where baselines are kept', BASELINES)
      .option('--markdown', 'Markdown for a comment on a pull request')
      .option('--json', 'the comparison as JSON')
      .option('--html <file>', 'also as a page, with figures')
      .option(
        '--interleave <pairs>',
        `make so many pairs of runs first, alternately; ${CHOSEN_PAIRS} is the proven number`,
        numeric,
      );
    line
      .optionsGroup('With --interleave, where <baseline> and <candidate> are configuration files or base URLs:')
      .option('--scenario <name>', 'what is run', 'load');
    defineLoadFlags(line);
    line
      .option('--plan', 'show what would be sent, and at what price; sends nothing', false)
      .option('--confirm-target <host>', 'send to this host, which is not this machine; may be given twice', collect)
      .option('--out <folder>', 'where the results go (default: results/<time>-compare)')
      .option('--resume <folder>', 'go on with an interrupted comparison')
      .option('--quiet', 'no live progress', false)
      .addHelpText(
        'after',
        examples(
          'fini-harness compare results/before results/after',
          'fini-harness compare main results/2026-01-31T09-30-00-load --markdown',
          'fini-harness compare --interleave 10 --plan agent-a.json agent-b.json --rate 2 --duration 5m',
          'fini-harness compare --resume results/2026-01-31T09-30-00-compare',
        ),
      );
  },
  read: (line) => {
    const { tolerance, baselines, html, markdown = false, json = false } = line.opts<Parsed>();
    const output = json ? 'json' : markdown ? 'markdown' : 'text';
    const interleave = readInterleave(line);
    const [baseline = '', ...candidates] = line.args;
    if (interleave === undefined && candidates.length === 0) {
      throw usageError('compare needs a baseline and a candidate: results of runs, or with --interleave services');
    }
    return { baseline, candidates, interleave, tolerance, baselines, output, html };
  },
};

interface Parsed extends ConfigFlags {
  readonly tolerance?: number;
  readonly baselines: string;
  readonly html?: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
  readonly interleave?: number | string;
  readonly scenario: string;
  readonly config?: string;
  readonly embedded?: boolean;
  readonly build: boolean;
  readonly plan: boolean;
  readonly confirmTarget?: readonly string[];
  readonly out?: string;
  readonly resume?: string;
  readonly quiet: boolean;
}

function readInterleave(line: CommandLine): InterleaveOptions | undefined {
  const parsed = line.opts<Parsed>();
  const { interleave, scenario, config, embedded = false, build, plan, out, resume, quiet } = parsed;
  if (interleave === undefined && resume === undefined) return undefined;
  const pairs = interleave ?? CHOSEN_PAIRS;
  if (typeof pairs !== 'number' || !Number.isInteger(pairs) || pairs < 2 || pairs > 100) {
    throw usageError(`--interleave takes a number of pairs from 2 to 100, got ${pairs}`);
  }
  const [baseline, candidate, ...more] = line.args;
  if (resume !== undefined && baseline !== undefined) {
    throw usageError('--resume goes on with what its folder holds: name no baseline and no candidate');
  }
  if (resume === undefined && (baseline === undefined || candidate === undefined || more.length > 0)) {
    throw usageError('--interleave compares two services: name a configuration file or a base URL for each');
  }
  const flags = Object.fromEntries(FLAG_KEYS.map((key) => [key, parsed[key]]));
  const sources = { baseline: baseline ?? '', candidate: candidate ?? '' };
  const confirmTargets = parsed.confirmTarget ?? [];
  return { sources, pairs, scenario, flags, config, embedded, build, plan, out, resume, quiet, confirmTargets };
}

const collect = (host: string, before: readonly string[] = []): string[] => [...before, host];
