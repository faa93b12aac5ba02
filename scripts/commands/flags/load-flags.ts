import type { PrepareOptions } from '../../run/plan/prepare.ts';
import { BUILD_FLAG, CONFIG_FLAG, EMBEDDED_FLAG, SERVICE_FLAGS, SPENDING_FLAGS } from './common-flags.ts';
import { type Argument, flagsOf, type OptionsOf } from './flag-table.ts';
import { settings, settingsOf } from './settings.ts';

/** What is sent, whatever it is sent to. */
export const LOAD_FLAGS = {
  ...settings('rate', 'concurrency', 'arrivals', 'duration', 'conversations', 'learnt', 'hours', 'speed', 'peak'),
  ...SPENDING_FLAGS,
  ...settings('timeout', 'seed', 'workload', 'contractOverlay', 'retryOnce', 'strict'),
  ...CONFIG_FLAG,
  ...EMBEDDED_FLAG,
  ...BUILD_FLAG,
};

const RUNNERS_FLAG = flagsOf({
  runners: {
    type: 'number',
    help: 'k6 processes that share the load of this run',
    least: 1,
    most: 1_000,
    whole: true,
    counts: 'runners',
  },
});

/** What decides what is sent, which `run` and `plan` share. */
export const PLAN_FLAGS = { ...SERVICE_FLAGS, ...LOAD_FLAGS, ...RUNNERS_FLAG };

export const SCENARIO = {
  scenario: { type: 'scenario', help: 'smoke, load, stress, spike, or any other in scenarios/' },
} as const satisfies Record<string, Argument>;

type PlanFlags = OptionsOf<{ arguments: typeof SCENARIO; flags: typeof PLAN_FLAGS; examples: [] }>;

/** What a plan is made of. */
export function prepareOptionsOf(options: PlanFlags): PrepareOptions {
  const { scenario, config, build, runners } = options;
  return { scenario, flags: settingsOf(options), config, build, runners };
}
