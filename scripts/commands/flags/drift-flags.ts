import {
  BUILD_FLAG,
  CONFIG_FLAG,
  EMBEDDED_FLAG,
  NOTIFY_FLAG,
  RESULT_JSON_FLAG,
  SERVICE_FLAGS,
  SPENDING_FLAGS,
} from './common-flags.ts';
import { flagsOf, flagTable, type OptionsOf } from './flag-table.ts';
import { setting } from './settings.ts';

/** More than the five that a comparison between runs needs. */
const KEPT = 10;

/** Where baselines and accepted findings of drift checks are kept. */
export const MEMORY_FLAG = flagsOf({
  memory: { type: 'folder', default: 'drift', help: 'where baselines and accepted findings are kept' },
});

export const driftFlags = flagTable({
  arguments: {
    action: {
      optional: true,
      choices: ['accept'],
      help: 'accept: take what a check saw as a baseline, or accept one of its findings',
    },
    what: { optional: true, help: 'accept: folder of a check, or id of a finding' },
  },
  flags: {
    budget: {
      type: 'text',
      value: 'size',
      default: 'standard',
      help: 'smoke, standard, deep, a number of user turns, or auto: standard, and no further user turns once the first show what all show',
    },
    from: {
      type: 'folder',
      help: 'judge the answers of a run, a capacity search or a check made earlier; sends nothing. accept: where the finding is',
    },
    propose: {
      type: 'switch',
      help: 'with --from: write the schemas that additive and accepted findings ask for, to be reviewed',
    },
    plan: { type: 'switch', help: 'show how many turns it would send and what they cost; sends nothing' },
    ...SERVICE_FLAGS,
    timeout: setting('timeout', 'give up on a request after this'),
    seed: setting('seed', 'the same seed sends the same probes'),
    contractOverlay: setting('contractOverlay'),
    out: { type: 'folder', help: 'where the results go', fallback: 'results/<time>-drift' },
    ...MEMORY_FLAG,
    confirmTarget: {
      type: 'host',
      help: 'send more than a smoke check to this host, which is not this machine',
    },
    strictAdditive: { type: 'switch', help: 'additive findings fail, too' },
    strictStatistical: { type: 'switch', help: 'statistical findings fail, too' },
    ...CONFIG_FLAG,
    ...EMBEDDED_FLAG,
    ...RESULT_JSON_FLAG,
    ...NOTIFY_FLAG,
    reason: { type: 'text', default: '', help: 'accept: why the finding is accepted' },
    owner: { type: 'text', value: 'name', default: '', help: 'accept: who accepts it' },
    expires: { type: 'text', value: 'date', default: '', help: 'accept: the last day on which it is accepted' },
    keep: {
      type: 'number',
      whole: true,
      least: 1,
      default: KEPT,
      help: 'accept: how many baselines stay, the latest ones',
    },
    force: { type: 'switch', help: 'accept: take a failed check as a baseline' },
    build: { ...BUILD_FLAG.build, help: 'use the probes as they were last built' },
    ...SPENDING_FLAGS,
  },
  examples: [
    'fini-harness drift --budget smoke',
    'fini-harness drift --plan',
    'fini-harness drift --from results/2026-01-31T02-00-00-drift --propose',
    'fini-harness drift --from results/2026-01-31T09-30-00-load',
    'fini-harness drift accept results/2026-01-31T02-00-00-drift',
    'fini-harness drift accept d41f0c9a7b12 --reason "announced" --owner api-team --expires 2026-12-31',
  ],
});

export type DriftOptions = OptionsOf<typeof driftFlags>;
