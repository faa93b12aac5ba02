import { join } from 'node:path';
import type { Io } from '../../foundation/io.ts';
import { type Admission, admit, type Intent, intentOf } from '../../run/admit.ts';
import type { FullConfig } from '../../run/config/load.ts';
import { countTurns, type TurnCount } from '../../run/plan/turn-budget.ts';
import type { Service } from '../../run/service.ts';
import type { PlannedRun } from './plan-pairs.ts';
import { ARMS, type Arm, type PerArm } from './slots.ts';

/**
 * Admission of all runs of a comparison, so that nobody else sends to a target between two of them: locks each target,
 * and reserves what all runs may cost, before the first one. It begins with the folder of the comparison.
 * @throws HarnessError (7) that says what is in the way
 */
export async function admitPairs(runs: readonly PlannedRun[], services: PerArm<Service>, io: Io): Promise<Admission> {
  const admitted: { admission: Admission; folder: (root: string) => string }[] = [];
  const each = async (work: (admission: Admission) => Promise<void>): Promise<void> => {
    for (const { admission } of admitted) await work(admission);
  };
  const close = (): Promise<void> => each((admission) => admission.close());
  const shares = keyOf(services.baseline) === keyOf(services.candidate);
  const parts: readonly (readonly Arm[])[] = shares ? [ARMS] : ARMS.map((arm) => [arm]);
  try {
    for (const arms of parts) {
      const own = runs.filter(({ arm }) => arms.includes(arm));
      const service = services[arms[0] ?? 'baseline'];
      const admission = await admit(intentOfAll(own), service, io);
      admitted.push({ admission, folder: (root) => (shares ? root : join(root, arms[0] ?? '')) });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    begin: async (root = '') => {
      for (const { admission, folder } of admitted) await admission.begin(folder(root));
    },
    // Each arm has ledgers of its own, which tell what was spent.
    settle: () => each((admission) => admission.settle()),
    close,
  };
}

const keyOf = ({ target, apiKey }: Service): string => `${new URL(target.baseUrl).origin} ${apiKey}`;

function intentOfAll(runs: readonly PlannedRun[]): Intent {
  // Each plan is within its part of the limits on turns and cost already.
  const intents = runs.map(({ plan }) => {
    const { maxTurns: _turns, maxCost: _cost, ...limits } = plan.config as unknown as FullConfig;
    return intentOf(plan, limits);
  });
  const most = runs.reduce<TurnCount | undefined>(
    (sum, { plan }) => {
      const own = countTurns(plan);
      return sum && own && { turns: sum.turns + own.turns, users: sum.users + own.users };
    },
    { turns: 0, users: 0 },
  );
  const [first] = intents;
  const lengthMs = intents.reduce((sum, each) => sum + each.lengthMs, 0);
  return { what: 'fini-harness compare', most, limits: first?.limits ?? {}, lengthMs };
}
