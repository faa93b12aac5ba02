import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { descriptorLimit, descriptorNeed } from '../../../scripts/run/admission/descriptors.ts';
import { diskNeed, freeBytes } from '../../../scripts/run/admission/disk-space.ts';
import type { ConfigFlags } from '../../../scripts/run/config/load.ts';
import { makePlan } from '../../../scripts/run/plan/make-plan.ts';
import { scratch } from '../../cli/scratch.ts';
import { planInput } from '../plan/sample-input.ts';

const OF_K6 = 64;
const SINGLE = { continuation: { strategy: 'single' } } as const;
/** A plan of one-turn conversations, so that a conversation takes as long as its answer. */
async function planOf(flags: ConfigFlags): Promise<Plan> {
  return { ...makePlan(await planInput({ flags })), ...SINGLE };
}

describe('descriptorNeed', () => {
  it('is one a conversation of the closed model, and those of k6', async () => {
    expect(descriptorNeed(await planOf({ concurrency: 250 }))).toEqual({ usual: 250 + OF_K6, worst: 250 + OF_K6 });
  });

  it.each([
    { rate: 10, timeout: '30s', worst: 300 },
    { rate: 10, timeout: '60s', worst: 600 },
    { rate: 100, timeout: '30s', worst: 3_000 },
  ])('is the rate times the timeout at worst: $rate, $timeout', async ({ rate, timeout, worst }) => {
    const need = descriptorNeed(await planOf({ rate, timeout }));
    expect(need.worst).toBe(worst + OF_K6);
    expect(need.usual).toBeGreaterThan(OF_K6);
    expect(need.usual).toBeLessThan(need.worst);
  });

  it('counts the highest rate of any stage', async () => {
    const plan = { ...(await planOf({ rate: 10, timeout: '30s' })), conversations: null };
    const [first, ...others] = plan.stages;
    const stages: Plan['stages'] = [{ ...first, to: 3 * first.from }, ...others];
    expect(descriptorNeed({ ...plan, stages }).worst).toBe(900 + OF_K6);
  });

  it('is no more than there are conversations', async () => {
    const need = descriptorNeed(await planOf({ rate: 100, timeout: '60s', conversations: 40 }));
    expect(need.worst).toBe(40 + OF_K6);
  });

  it('grows with the turns of a conversation', async () => {
    const plan = makePlan(await planInput({ flags: { rate: 10, timeout: '30s' } }));
    expect(descriptorNeed(plan).worst).toBeGreaterThan(descriptorNeed({ ...plan, ...SINGLE }).worst);
  });
});

describe('descriptorLimit', () => {
  it.runIf(process.platform !== 'win32')('is that of a process which this one starts', async () => {
    const { stdout } = await execa('sh', ['-c', 'ulimit -n']);
    expect(await descriptorLimit()).toBe(stdout === 'unlimited' ? Number.POSITIVE_INFINITY : Number(stdout));
  });
});

describe('disk space', () => {
  it.each([
    [null, 64 * 1024 ** 2],
    [0, 64 * 1024 ** 2],
    [1_000_000, 64 * 1024 ** 2 + 2e9],
  ])('of %s turns', (turns, needed) => expect(diskNeed({ turns })).toBe(needed));

  it('is that of the folder above where a folder does not exist yet', async () => {
    const folder = scratch();
    const [there, below] = [await freeBytes(folder), await freeBytes(join(folder, 'not', 'yet', 'there'))];
    expect(there).toBeGreaterThan(0);
    // Other processes write to the same disk meanwhile.
    expect(Math.abs((below ?? 0) / (there ?? 1) - 1)).toBeLessThan(0.05);
  });

  it('is not known where the path cannot be a folder', async () => {
    expect(await freeBytes(join(scratch({ file: '' }), 'file', 'below'))).toBeUndefined();
  });
});
