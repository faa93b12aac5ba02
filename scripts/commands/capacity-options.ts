import { examples, type Flags, numeric } from './command-entry.ts';
import { defineForecastFlags, type ForecastOptions } from './forecast-options.ts';
import { defineSpendingFlags, type SpendingOptions } from './spending-options.ts';

/** What `capacity` was asked for. */
export interface CapacityOptions extends ForecastOptions, SpendingOptions {
  /** Text as typed; undefined with `resume`. */
  readonly slo?: string | undefined;
  readonly budget: unknown;
  readonly maxRate?: unknown;
  /** What one user turn costs. */
  readonly price?: unknown;
  readonly saturate: boolean;
  /** Whether whole conversations are held at the certified rate, at the end. */
  readonly confirm: boolean;
  /** Folder of a search to go on with. */
  readonly resume?: string | undefined;
  /** Folder of a finished search to hold against a forecast. */
  readonly from?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly botId?: string | undefined;
  readonly timeout?: string | undefined;
  readonly seed?: string | number | undefined;
  readonly workload?: string | undefined;
  readonly config?: string | undefined;
  readonly out?: string | undefined;
  readonly confirmTarget?: string | undefined;
  readonly embedded: boolean;
  readonly build: boolean;
  readonly json: boolean;
}

export const capacityFlags: Flags<CapacityOptions> = {
  define: (line) => {
    line
      .option('--slo <slo>', "what must hold, such as 'p95<8s' or 'p95<8s,errors<1%'")
      .option('--budget <turns>', 'user turns that the search may send, in all', numeric, 3_000)
      .option('--max-rate <n>', 'never try more user turns a second than this', numeric)
      .option('--no-saturate', 'do not bring the service to saturation; rates double from a low one instead')
      .option('--no-confirm', 'do not hold whole conversations at the certified rate at the end')
      .option('--price <n>', 'what one user turn costs, for the report', numeric)
      .option('--resume <folder>', 'go on with a search that was interrupted, within its budget')
      .option('--base-url <url>', 'where the API is (FINI_BASE_URL)')
      .option('--bot-id <id>', 'the agent that answers (FINI_BOT_ID)')
      .option('--timeout <time>', 'give up on a turn after this; longer than the limit of the SLO')
      .option('--seed <n>', 'the same seed draws the same arrivals', numeric)
      .option('--workload <file>', 'JSON Lines file of conversations, of which the user turns are sent')
      .option('--config <file>', 'configuration (default: fini-harness.config.json, where there is one)')
      .option('--out <folder>', 'where the results go (default: results/<time>-capacity)')
      .option('--confirm-target <host>', 'send to this host, which is not this machine')
      .option('--embedded', 'against the reference server, which is also used where no key is set')
      .option('--no-build', 'use the scenarios as they were last built')
      .option('--json', 'result.json on stdout, all else on stderr')
      .option('--from <folder>', 'hold the answer of a finished search against --forecast; sends nothing');
    defineSpendingFlags(line);
    defineForecastFlags(line);
    line.addHelpText(
      'after',
      examples(
        "fini-harness capacity --slo 'p95<8s,errors<1%' --confirm-target api-prod.usefini.com",
        "fini-harness capacity --slo 'p95<8s' --no-saturate --max-rate 2 --budget 1500 --base-url http://127.0.0.1:8787",
        'fini-harness capacity --resume results/2026-01-31T09-30-00-capacity',
        'fini-harness capacity --from results/2026-01-31T09-30-00-capacity --forecast 200000 --peak-factor 4 --growth 5%',
      ),
    );
  },
  read: (line) => {
    const { embedded = false, json = false, ...rest } = line.opts<CapacityOptions>();
    return { ...rest, embedded, json };
  },
};
