import type { DriftPlan } from '../../contracts/generated/drift-plan.ts';
import type { TurnCount } from '../run/plan/turn-budget.ts';
import { readDriftRun } from './judge/drift-run.ts';
import { userTurnsOf } from './plan/make-drift-plan.ts';

const TURN = 'generate-answer';

/** The most calls of Generate Answer that a drift check makes: one that should be refused and is not is made once more. */
export function mostProbeTurns(plan: DriftPlan): TurnCount {
  const steps = plan.chains.flatMap((chain) => chain.steps).filter(({ operation }) => operation === TURN);
  const turns = steps.reduce((sum, { expect }) => sum + (expect.denied === true ? 2 : 1), 0);
  return { turns, users: userTurnsOf(plan) };
}

/** Those that the ledger of a finished check shows, without those that never had a connection. */
export async function sentProbeTurns(plan: DriftPlan, ledger: string): Promise<TurnCount> {
  const { probes } = await readDriftRun(plan, ledger);
  const sent = probes.filter(({ operation, exchange }) => operation === TURN && exchange.outcome !== 'unsent');
  return { turns: sent.length, users: sent.filter(({ step }) => step.turn?.role === 'user').length };
}
