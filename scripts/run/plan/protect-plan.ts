import type { Plan } from '../../../contracts/generated/plan.ts';
import type { PersonalData } from '../../foundation/guard.ts';
import type { Io } from '../../foundation/io.ts';
import { fieldValues } from '../../secrets/plan-record.ts';
import { loadConfig } from '../config/load.ts';

/** From now on nothing that is written holds the personal data that a plan names, or says under the names of fields. */
export function protectPlan(plan: Plan, { guard }: Pick<Io, 'guard'>, more?: PersonalData): void {
  const own = plan.config.personalData as PersonalData | undefined;
  guard.protectPersonal(own);
  guard.protectValues(fieldValues(plan.workload, [...(own?.fields ?? []), ...(more?.fields ?? [])]));
}

/**
 * As `protectPlan`, for a stored run that is read back from its service: a plan in a folder of results keeps no values of
 * personal data, so those of the configuration count as well.
 * @throws HarnessError (2) for a configuration that is wrong
 */
export async function protectStoredRun(
  plan: Plan,
  configPath: string | undefined,
  io: Pick<Io, 'env' | 'cwd' | 'guard'>,
): Promise<void> {
  const { config } = await loadConfig({ flags: {}, path: configPath }, io);
  protectPlan(plan, io, config.personalData);
}
