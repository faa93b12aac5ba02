import type { Options } from 'k6/options';
import { settings } from './plan.ts';
import { preparePool } from './pool.ts';

/** Room for the sweeps that look for the prepared conversations. */
const LOOKS_MS = 60_000;

/** k6's options: one VU that prepares the conversations of a plan, once for all of its runners. */
export const options: Options = {
  scenarios: {
    prepare: {
      executor: 'per-vu-iterations',
      vus: 1,
      iterations: 1,
      maxDuration: `${LOOKS_MS + (settings.continuation.poolSize ?? 0) * settings.timeoutMs}ms`,
    },
  },
  systemTags: ['scenario', 'name', 'method', 'status', 'error_code', 'expected_response'],
  insecureSkipTLSVerify: settings.target.insecureTls === true,
};

export default async function prepare(): Promise<void> {
  await preparePool();
}
