import type { Command as CommandLine } from 'commander';
import { type ConfigFlags, FLAG_KEYS } from '../run/config/load.ts';
import type { PrepareOptions } from '../run/plan/prepare.ts';
import { listScenarios } from '../run/plan/profiles.ts';
import { numeric, section } from './command-entry.ts';
import { defineSpendingFlags } from './spending-options.ts';

/** Adds the flags that decide what is sent, which `run` and `plan` share. */
export function definePlanFlags(line: CommandLine): void {
  line
    .argument('<scenario>', 'smoke, load, stress, spike, or any other of scenarios/')
    .option('--base-url <url>', 'where the API is (FINI_BASE_URL)')
    .option('--bot-id <id>', 'the agent that answers (FINI_BOT_ID)');
  defineLoadFlags(line);
  line.addHelpText('after', () => section('Scenarios', listScenarios()));
}

/** Adds the flags that decide what is sent, whatever it is sent to. */
export function defineLoadFlags(line: CommandLine): void {
  line
    .option('--rate <n>', 'conversations a second, in the open model', numeric)
    .option('--concurrency <n>', 'conversations in flight, in the closed model', numeric)
    .option('--arrivals <law>', 'poisson, or even (for comparison only: it flatters a service)')
    .option('--duration <time>', 'how long conversations start, such as 90s or 10m')
    .option('--conversations <n>', 'stop after so many conversations', numeric);
  defineSpendingFlags(line);
  line
    .option('--timeout <time>', 'give up on a turn after this')
    .option('--seed <n>', 'the same seed sends the same turns at the same times', numeric)
    .option('--workload <file>', 'JSON Lines file of conversations')
    .option('--retry-once', 'send a turn once more after a 500; it may then be stored twice')
    .option('--strict', 'a gate holds only where its whole interval meets the limit')
    .option('--config <file>', 'configuration (default: fini-harness.config.json, where there is one)')
    .option('--embedded', 'against the reference server, which is also used where no key is set')
    .option('--no-build', 'use the scenarios as they were last built');
}

/** What `run` and `plan` both were asked for. */
export interface PlanFlags extends PrepareOptions {
  /** Against the reference server, whatever else is configured. */
  readonly embedded: boolean;
}

type Parsed = ConfigFlags & Pick<PlanFlags, 'config' | 'build' | 'embedded'>;

export function readPlanFlags(line: CommandLine): PlanFlags {
  const { config, build, embedded = false, ...parsed } = line.opts<Parsed>();
  const flags = Object.fromEntries(FLAG_KEYS.map((key) => [key, parsed[key]]));
  return { scenario: line.args[0] ?? '', flags, config, build, embedded };
}
