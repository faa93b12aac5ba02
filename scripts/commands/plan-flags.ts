import type { Command as CommandLine } from 'commander';
import type { ConfigFlags } from '../config/load.ts';
import type { PrepareOptions } from '../plan/prepare.ts';
import { numeric } from './command-entry.ts';

/** Adds the flags that decide what is sent, which `run` and `plan` share. */
export function definePlanFlags(line: CommandLine): void {
  line
    .argument('<scenario>', 'smoke, load, stress, spike, or any other of scenarios/')
    .option('--base-url <url>', 'where the API is (FINI_BASE_URL)')
    .option('--bot-id <id>', 'the agent that answers (FINI_BOT_ID)')
    .option('--rate <n>', 'conversations a second, in the open model', numeric)
    .option('--concurrency <n>', 'conversations in flight, in the closed model', numeric)
    .option('--arrivals <law>', 'poisson, or even (for comparison only: it flatters a service)')
    .option('--duration <time>', 'how long conversations start, such as 90s or 10m')
    .option('--conversations <n>', 'stop after so many conversations', numeric)
    .option('--max-turns <n>', 'never send more turns than this', numeric)
    .option('--timeout <time>', 'give up on a turn after this')
    .option('--seed <n>', 'the same seed sends the same turns at the same times', numeric)
    .option('--workload <file>', 'JSON Lines file of conversations')
    .option('--config <file>', 'configuration (default: fini-harness.config.json, where there is one)')
    .option('--no-build', 'use the scenarios as they were last built');
}

interface Parsed extends ConfigFlags {
  readonly config?: string;
  readonly build: boolean;
}

/** What `prepare` needs, from a parsed line. */
export function readPlanFlags(line: CommandLine): PrepareOptions {
  const { config, build, baseUrl, botId, rate, concurrency, arrivals, duration, ...more } = line.opts<Parsed>();
  const { conversations, maxTurns, timeout, seed, workload } = more;
  const flags = {
    baseUrl,
    botId,
    rate,
    concurrency,
    arrivals,
    duration,
    conversations,
    maxTurns,
    timeout,
    seed,
    workload,
  };
  return { scenario: line.args[0] ?? '', flags, config, build };
}
