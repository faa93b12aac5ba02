import {
  BUILD_FLAG,
  CONFIG_FLAG,
  EMBEDDED_FLAG,
  NOTIFY_FLAG,
  RESULT_JSON_FLAG,
  SERVICE_FLAGS,
  SPENDING_FLAGS,
} from './common-flags.ts';
import { flagTable, type OptionsOf } from './flag-table.ts';
import { FORECAST_FLAGS } from './forecast-flags.ts';
import { setting } from './settings.ts';

export const capacityFlags = flagTable({
  flags: {
    slo: { type: 'text', value: 'slo', help: "service level objective, such as 'p95<8s' or 'p95<8s,errors<1%'" },
    budget: {
      type: 'number',
      value: 'turns',
      whole: true,
      least: 1,
      counts: 'turns',
      fallback: '3000',
      help: 'maximum number of user turns; with --resume, the new total',
    },
    maxRate: { type: 'number', above: 0, help: 'highest rate to try, in user turns per second' },
    saturate: {
      type: 'switch',
      default: true,
      help: 'do not saturate the service; double the rate from a low one instead',
    },
    confirm: {
      type: 'switch',
      default: true,
      help: 'skip the confirming run of whole conversations at the certified rate',
    },
    price: { type: 'number', above: 0, help: 'price of one user turn, for the report' },
    plan: { type: 'switch', help: 'show the maximum turns, cost and time of a search; sends nothing' },
    resume: { type: 'folder', help: 'continue a search, within its budget or the larger --budget' },
    ...SERVICE_FLAGS,
    timeout: setting('timeout', 'give up on a turn after this; longer than the limit of the SLO'),
    seed: setting('seed', 'the same seed draws the same arrivals'),
    workload: setting('workload', 'JSON Lines file whose user turns are sent; default: the one beside --forecast'),
    contractOverlay: setting('contractOverlay'),
    ...CONFIG_FLAG,
    out: { type: 'folder', help: 'folder for the results', fallback: 'results/<time>-capacity' },
    confirmTarget: { type: 'host', help: 'allow sending to this remote host' },
    ...EMBEDDED_FLAG,
    ...BUILD_FLAG,
    ...RESULT_JSON_FLAG,
    ...NOTIFY_FLAG,
    from: { type: 'folder', help: 'compare the capacity of a finished search with --forecast; sends nothing' },
    ...SPENDING_FLAGS,
    ...FORECAST_FLAGS,
  },
  examples: [
    "fini-harness capacity --slo 'p95<8s,errors<1%' --confirm-target api-prod.usefini.com",
    "fini-harness capacity --slo 'p95<8s' --no-saturate --max-rate 2 --budget 1500 --base-url http://127.0.0.1:8787",
    "fini-harness capacity --slo 'p95<8s' --budget 1500 --price 0.05 --plan",
    'fini-harness capacity --resume results/2026-01-31T09-30-00-capacity --budget 3000',
    'fini-harness capacity --from results/2026-01-31T09-30-00-capacity --forecast 200000 --peak-factor 4 --growth 5% --headroom 30%',
  ],
});

export type CapacityOptions = OptionsOf<typeof capacityFlags>;
