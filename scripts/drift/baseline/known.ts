import type { DriftPlan } from '../../../contracts/generated/drift-plan.ts';
import { nightsBefore } from './history.ts';
import { readMemory } from './memory.ts';

/** What checks before this one left to compare with: baselines, accepted findings, and the nights since the latest baseline. */
export async function readKnown(folder: string, check: Pick<DriftPlan, 'runId' | 'createdAt'>) {
  const memory = await readMemory(folder);
  return { ...memory, nights: await nightsBefore(folder, check, memory.baselines) };
}
