import type { Plan } from '../../contracts/generated/plan.ts';
import { usageError } from '../foundation/errors.ts';
import type { Io } from '../foundation/io.ts';
import { bytes, count } from '../foundation/text/format.ts';
import { descriptorLimit, descriptorNeed } from './admission/descriptors.ts';
import { diskNeed, freeBytes } from './admission/disk-space.ts';

/**
 * What a run would run out of on this machine, told before it costs anything: file descriptors, disk.
 * @param folder where the results will be
 * @throws HarnessError (2)
 */
export async function assertResources(plan: Plan, folder: string, io: Pick<Io, 'err'>): Promise<void> {
  await assertDescriptors(plan, io);
  const free = await freeBytes(folder);
  const needed = diskNeed(plan);
  if (free !== undefined && free < needed) {
    throw usageError(
      `${folder} has ${bytes(free)} left, and this run needs about ${bytes(needed)}: free some space, or choose another disk with --out`,
    );
  }
}

async function assertDescriptors(plan: Plan, io: Pick<Io, 'err'>): Promise<void> {
  const limit = await descriptorLimit();
  if (limit === undefined) return;
  const { usual, worst } = descriptorNeed(plan);
  if (usual > limit) {
    throw usageError(
      `this run needs about ${count(usual)} file descriptors, one for each conversation in flight, and this shell allows ` +
        `${count(limit)}: raise the limit (ulimit -n ${usual}), or lower --rate or --concurrency`,
    );
  }
  if (worst > limit) {
    io.err(
      `If answers take as long as the timeout allows, this run needs up to ${count(worst)} file descriptors; ` +
        `this shell allows ${count(limit)} (ulimit -n).\n`,
    );
  }
}
