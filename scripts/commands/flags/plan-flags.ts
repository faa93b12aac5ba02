import { flagTable, type OptionsOf } from './flag-table.ts';
import { PLAN_FLAGS, SCENARIO } from './load-flags.ts';

export const planFlags = flagTable({
  arguments: SCENARIO,
  flags: { ...PLAN_FLAGS, json: { type: 'switch', help: 'print the plan as JSON' } },
  examples: ['fini-harness plan load', 'fini-harness plan load --rate 5 --duration 30m --json'],
});

export type PlanOptions = OptionsOf<typeof planFlags>;
