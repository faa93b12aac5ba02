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
    slo: { type: 'text', value: 'slo', help: "what must hold, such as 'p95<8s' or 'p95<8s,errors<1%'" },
    budget: {
      type: 'number',
      value: 'turns',
      whole: true,
      least: 1,
      counts: 'turns',
      fallback: '3000',
      help: 'user turns that the search may send, in all; with --resume, to extend a search that has ended',
    },
    maxRate: { type: 'number', above: 0, help: 'never try more user turns a second than this' },
    saturate: {
      type: 'switch',
      default: true,
      help: 'do not bring the service to saturation; rates double from a low one instead',
    },
    confirm: {
      type: 'switch',
      default: true,
      help: 'do not hold whole conversations at the certified rate at the end',
    },
    price: { type: 'number', above: 0, help: 'what one user turn costs, for the report' },
    plan: { type: 'switch', help: 'show the turns, money and time that a search may take; sends nothing' },
    resume: { type: 'folder', help: 'go on with a search, within its budget or the larger --budget' },
    ...SERVICE_FLAGS,
    timeout: setting('timeout', 'give up on a turn after this; longer than the limit of the SLO'),
    seed: setting('seed', 'the same seed draws the same arrivals'),
    workload: setting(
      'workload',
      'JSON Lines file of conversations, of which the user turns are sent; default that beside --forecast',
    ),
    contractOverlay: setting('contractOverlay'),
    ...CONFIG_FLAG,
    out: { type: 'folder', help: 'where the results go', fallback: 'results/<time>-capacity' },
    confirmTarget: { type: 'host', help: 'send to this host, which is not this machine' },
    ...EMBEDDED_FLAG,
    ...BUILD_FLAG,
    ...RESULT_JSON_FLAG,
    ...NOTIFY_FLAG,
    from: { type: 'folder', help: 'hold the answer of a finished search against --forecast; sends nothing' },
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
