import type { Options } from 'k6/options';
import type { Chain } from '../../contracts/generated/drift-plan.ts';
import { runChain } from './chain.ts';
import { plan, record } from './plan.ts';

const LONGEST = '3h';

/** One VU hosts all chains. Every request has its own connection, so that one bad replica of many is not met always or never. */
export const options: Options = {
  scenarios: {
    drift: {
      executor: 'per-vu-iterations',
      vus: 1,
      iterations: 1,
      maxDuration: LONGEST,
      gracefulStop: `${plan.timeoutMs}ms`,
    },
  },
  batch: plan.concurrency,
  batchPerHost: plan.concurrency,
  insecureSkipTLSVerify: plan.target.insecureTls === true,
  noConnectionReuse: true,
  systemTags: ['scenario', 'name', 'method', 'status', 'error_code', 'expected_response'],
};

/** Runs every chain of the plan: phases one after the other. */
export default async function suite(): Promise<void> {
  await sideBySide(1, plan.concurrency);
  await sideBySide(2, plan.concurrency);
  // What removes conversations comes last and alone, so that a removal too many shows.
  await sideBySide(3, 1);
  await sideBySide(4, 1);
  record({ kind: 'end', at: Date.now() });
}

async function sideBySide(phase: number, width: number): Promise<void> {
  const waiting = plan.chains.filter((chain) => chain.phase === phase);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let chain = waiting[next++]; chain !== undefined; chain = waiting[next++]) await runSafely(chain);
  };
  await Promise.all(Array.from({ length: width }, work));
}

/** An uncaught rejection would end the VU without a word, and k6 would exit 0. */
async function runSafely(chain: Chain): Promise<void> {
  await runChain(chain).catch((error: unknown) => {
    record({ kind: 'fault', chain: chain.id, message: String(error) });
  });
}
