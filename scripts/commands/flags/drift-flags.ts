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
  memory: { type: 'folder', default: 'drift', help: 'folder of baselines and accepted findings' },
});

export const driftFlags = flagTable({
  arguments: {
    action: {
      optional: true,
      choices: ['accept'],
      help: 'accept: store a check as a baseline, or accept one of its findings',
    },
    what: { optional: true, type: 'folder', help: 'accept: folder of a check, or id of a finding' },
  },
  flags: {
    budget: {
      type: 'text',
      value: 'size',
      default: 'standard',
      help: 'smoke, standard, deep, a number of user turns, or auto: standard, but stops sending user turns once the first ones decide',
    },
    from: {
      type: 'folder',
      help: 'judge a stored run, capacity search or check; sends nothing. accept: the folder with the finding',
    },
    propose: {
      type: 'switch',
      help: 'with --from: write a proposal for the contract that covers additive and accepted findings',
    },
    plan: { type: 'switch', help: 'show the turns, cost and time of a check; sends nothing' },
    ...SERVICE_FLAGS,
    timeout: setting('timeout', 'give up on a request after this'),
    seed: setting('seed', 'the same seed sends the same probes'),
    contractOverlay: setting('contractOverlay'),
    out: { type: 'folder', help: 'folder for the results', fallback: 'results/<time>-drift' },
    ...MEMORY_FLAG,
    confirmTarget: {
      type: 'host',
      help: 'allow more than a smoke check to this remote host',
    },
    strictAdditive: { type: 'switch', help: 'additive findings also fail the check' },
    strictStatistical: { type: 'switch', help: 'statistical findings also fail the check' },
    ...CONFIG_FLAG,
    ...EMBEDDED_FLAG,
    ...RESULT_JSON_FLAG,
    ...NOTIFY_FLAG,
    reason: { type: 'text', help: 'accept: reason for accepting the finding' },
    owner: { type: 'text', value: 'name', help: 'accept: person or team that accepts it' },
    expires: { type: 'text', value: 'date', help: 'accept: last day on which it is accepted' },
    keep: {
      type: 'number',
      whole: true,
      least: 1,
      default: KEPT,
      help: 'accept: number of latest baselines to keep',
    },
    force: { type: 'switch', help: 'accept: store a failed check as a baseline' },
    build: { ...BUILD_FLAG.build, help: 'do not rebuild the probes' },
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
