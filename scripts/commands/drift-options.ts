import { resolve } from 'node:path';
import { usageError } from '../foundation/errors.ts';
import { examples, type Flags, numeric } from './command-entry.ts';
import { defineSpendingFlags, type SpendingOptions } from './spending-options.ts';

/** More than the five that a comparison between runs needs. */
const KEPT = 10;

/** What `drift` was asked for. */
export interface DriftOptions extends SpendingOptions {
  /** `accept`: a check's folder becomes a baseline, or a finding is accepted. */
  readonly accept?: string | undefined;
  /** Judge this run, which was made earlier; send nothing. */
  readonly from?: string | undefined;
  /** Write what would make additive and accepted findings part of the contract. */
  readonly propose: boolean;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly baseUrl?: string | undefined;
  readonly botId?: string | undefined;
  readonly timeout?: string | undefined;
  readonly seed?: number | string | undefined;
  readonly config?: string | undefined;
  readonly budget: string;
  /** Show turns and price; send nothing. */
  readonly plan: boolean;
  readonly out?: string | undefined;
  readonly json: boolean;
  readonly embedded: boolean;
  readonly build: boolean;
  readonly strictAdditive: boolean;
  readonly strictStatistical: boolean;
  /** Baselines that stay when another is accepted. */
  readonly keep: number;
  readonly confirmTarget?: string | undefined;
  /** Folder of baselines and of accepted findings. */
  readonly memory: string;
}

export const driftFlags: Flags<DriftOptions> = {
  define: (line) => {
    line
      .argument('[action]', 'accept: take what a check saw as a baseline, or accept one of its findings')
      .argument('[what]', 'accept: folder of a check, or id of a finding')
      .option('--budget <size>', 'smoke, standard, deep, or a number of user turns', 'standard')
      .option('--from <folder>', 'judge the answers of a run, a capacity search or a check made earlier; sends nothing')
      .option('--propose', 'write the schemas that additive and accepted findings ask for, to be reviewed', false)
      .option('--plan', 'show how many turns it would send and what they cost; sends nothing', false)
      .option('--base-url <url>', 'where the API is (FINI_BASE_URL)')
      .option('--bot-id <id>', 'the agent that answers (FINI_BOT_ID)')
      .option('--timeout <time>', 'give up on a request after this')
      .option('--seed <n>', 'the same seed sends the same probes', numeric)
      .option('--out <folder>', 'where the results go (default: results/<time>-drift)')
      .option('--memory <folder>', 'where baselines and accepted findings are kept', 'drift')
      .option('--confirm-target <host>', 'send more than a smoke check to this host, which is not this machine')
      .option('--strict-additive', 'additive findings fail, too', false)
      .option('--strict-statistical', 'statistical findings fail, too', false)
      .option('--config <file>', 'configuration (default: fini-harness.config.json, where there is one)')
      .option('--embedded', 'against the reference server, which is also used where no key is set', false)
      .option('--json', 'result.json on stdout, all else on stderr', false)
      .option('--reason <text>', 'accept: why the finding is accepted', '')
      .option('--owner <name>', 'accept: who accepts it', '')
      .option('--expires <date>', 'accept: the last day on which it is accepted', '')
      .option('--keep <n>', 'accept: how many baselines stay, the latest ones', Number, KEPT)
      .option('--no-build', 'use the probes as they were last built');
    defineSpendingFlags(line);
    line.addHelpText(
      'after',
      examples(
        'fini-harness drift --budget smoke',
        'fini-harness drift --plan',
        'fini-harness drift --from results/2026-01-31T02-00-00-drift --propose',
        'fini-harness drift --from results/2026-01-31T09-30-00-load',
        'fini-harness drift accept results/2026-01-31T02-00-00-drift',
        'fini-harness drift accept d41f0c9a7b12 --reason "announced" --owner api-team --expires 2026-12-31',
      ),
    );
  },
  read: (line) => {
    const [action, what] = line.args;
    if (action !== undefined && action !== 'accept') throw usageError(`drift has no action ${action}; it has accept`);
    if (action === 'accept' && what === undefined)
      throw usageError('drift accept needs the folder of a check, or the id of a finding');
    return { ...line.opts<Omit<DriftOptions, 'accept'>>(), accept: what };
  },
};

export const memoryFolder = ({ memory }: DriftOptions, cwd: string): string => resolve(cwd, memory);
