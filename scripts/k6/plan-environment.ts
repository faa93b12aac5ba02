import type { Plan } from '../../contracts/generated/plan.ts';

/**
 * How much garbage k6's heap may hold, in percent of what is alive (Go's GOGC, 100 by default). Few lanes have memory to
 * spare, and CPU is the scarce thing, which more than this does not save; with very many conversations in flight (250 a
 * lane) it is the other way round.
 */
const COLLECTION = [
  { lanes: 16, percent: '50' },
  { lanes: 3, percent: '150' },
  { lanes: 0, percent: '400' },
] as const;

/**
 * From so much memory on garbage is collected whatever it costs (Go's GOMEMLIMIT): well above what lanes full of
 * conversations need, so that only answers of many megabytes come near it.
 */
const limitMib = (lanes: number): number => 512 + 32 * lanes;

/** What k6 needs in its environment to run a plan; a user's own GOGC and GOMEMLIMIT win. */
export function planEnvironment(
  plan: Pick<Plan, 'lanes'>,
  { path, apiKey }: { readonly path: string; readonly apiKey: string },
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const percent = env.GOGC ?? COLLECTION.find(({ lanes }) => plan.lanes >= lanes)?.percent;
  const limit = env.GOMEMLIMIT ?? `${limitMib(plan.lanes)}MiB`;
  const own = { FINI_PLAN: path, FINI_API_KEY: apiKey, GOMEMLIMIT: limit };
  return percent === undefined ? own : { ...own, GOGC: percent };
}
