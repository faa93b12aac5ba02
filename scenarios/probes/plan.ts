import { SharedArray } from 'k6/data';
import type { DriftPlan, Step } from '../../contracts/generated/drift-plan.ts';
import { forbiddenIn } from '../lanes/forbidden.ts';
import { lineWriter } from '../lanes/line-writer.ts';

// The only place of the probes that reads the environment.
const path = __ENV.FINI_PLAN;
if (path === undefined) throw new Error('FINI_PLAN names no plan: start probes with `fini-harness drift`');

/** The whole plan: one VU runs it, so nothing is shared. */
export const plan = new SharedArray<DriftPlan>('plan', () => [JSON.parse(open(path)) as DriftPlan])[0] as DriftPlan;

const main = __ENV.FINI_API_KEY ?? '';

/** The keys that probes send, by what they are for; never written anywhere. */
export const keys: Readonly<Record<Step['auth']['key'], string>> = {
  main,
  read: __ENV.FINI_READ_KEY ?? '',
  write: __ENV.FINI_WRITE_KEY ?? '',
  revoked: __ENV.FINI_REVOKED_KEY ?? '',
  other: __ENV.FINI_OTHER_KEY ?? '',
  unknown: `fini_unknown_${main
    .slice(-32)
    .replace(/[0-9a-z]/g, 'x')
    .padEnd(32, 'x')}`,
};

/** What no line of the ledger may hold. */
export const forbidden = forbiddenIn(__ENV, Object.values(keys));

/** Writes one line of a drift check's ledger. */
export const record = lineWriter(forbidden).write;
