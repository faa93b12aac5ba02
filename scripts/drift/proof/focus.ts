import type { DriftPlan, Step } from '../../../contracts/generated/drift-plan.ts';
import type { Kind } from '../../reference-server/index.ts';

/** Kinds of exchanges that only requests that must be refused are of, and the listing of agents that goes with them. */
const REFUSED: readonly Kind[] = [
  ...(['N*', 'N1', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8'] as const),
  ...(['A*', 'A1', 'A2', 'A3', 'A4', 'A5', 'A7', 'B'] as const),
];
/** Kinds that only turns, and what is read back of them, are of. */
const TURNS: readonly Kind[] = ['U', 'START', 'C', 'O', 'R', 'K', 'M', 'T', 'W', 'X', 'H', 'N', 'TURN'];

/**
 * A plan without the probes that an operator cannot touch, as the kinds of its exchanges tell: a trial that costs a third
 * of a whole one, and shows the same. Chains keep their places.
 */
export function focused(on: readonly Kind[]): (plan: DriftPlan) => DriftPlan {
  const isOfTurns = on.every((kind) => TURNS.includes(kind));
  const isOfRefusals = on.every((kind) => REFUSED.includes(kind));
  return (plan) => {
    const chains = plan.chains.map((chain) => {
      if (isOfTurns && chain.phase === 2) return { ...chain, steps: chain.steps.filter(({ do: is }) => is === 'page') };
      return isOfRefusals && isUsers(chain.steps[0]) ? { ...chain, steps: [] } : chain;
    });
    const isGone = (of: number | undefined): boolean => of !== undefined && chains[of]?.steps.length === 0;
    return {
      ...plan,
      chains: chains.map((chain) => (isGone(chain.steps[0]?.of) ? { ...chain, steps: [] } : chain)),
    };
  };
}

const isUsers = (step: Step | undefined): boolean => step?.turn?.role === 'user';
