import type { Plan } from '../../contracts/generated/plan.ts';

/** From here on k6's memory is the scarce thing, and it collects garbage sooner: a quarter less memory for more CPU. */
const MANY_LANES = 40;
const SOONER = '50';

/** What k6 needs in its environment to run a plan; a user's own GOGC wins. */
export function planEnvironment(
  plan: Pick<Plan, 'lanes'>,
  { path, apiKey }: { readonly path: string; readonly apiKey: string },
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const collection = plan.lanes >= MANY_LANES && env.GOGC === undefined ? { GOGC: SOONER } : {};
  return { FINI_PLAN: path, FINI_API_KEY: apiKey, ...collection };
}
