import { examples, type Flags } from './command-entry.ts';
import { definePlanFlags, type PlanFlags, readPlanFlags } from './plan-flags.ts';

/** What `plan` was asked for. */
export interface PlanOptions extends PlanFlags {
  readonly json: boolean;
}

export const planFlags: Flags<PlanOptions> = {
  define: (line) => {
    definePlanFlags(line);
    line
      .option('--json', 'the plan as JSON')
      .addHelpText(
        'after',
        examples('fini-harness plan load', 'fini-harness plan load --rate 5 --duration 30m --json'),
      );
  },
  read: (line) => ({ ...readPlanFlags(line), json: line.opts<{ json?: boolean }>().json === true }),
};
