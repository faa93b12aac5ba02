import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Plan } from '../../../contracts/generated/plan.ts';

/** Of a turn in the ledger (760 B at the median of the built-in workload), in Parquet, and of long answers. */
const BYTES_A_TURN = 2_000;
/** The plan, the reports, and what the system itself needs to go on. */
const LEAST_BYTES = 64 * 1024 ** 2;

/** Bytes that a user may still write where `path` is, or will be; undefined where the system does not tell. */
export async function freeBytes(path: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch (error) {
    const above = dirname(path);
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT' && above !== path;
    return isMissing ? freeBytes(above) : undefined;
  }
}

/** Bytes that the folder of a run will need; for a plan that only time bounds, the least. */
export function diskNeed({ turns, runners }: Pick<Plan, 'turns' | 'runners'>): number {
  // The ledgers of several runners are there twice while they are merged.
  return LEAST_BYTES + (turns ?? 0) * BYTES_A_TURN * (runners === undefined ? 1 : 2);
}
