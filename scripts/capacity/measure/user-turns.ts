import type { Plan } from '../../../contracts/generated/plan.ts';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { nonEmpty } from '../../foundation/non-empty.ts';

/** The user turns of a workload, each as a conversation of its own: what a search sends, in the mix of the whole. */
export function userTurns(scripts: readonly ConversationScript[]): Plan['workload']['conversations'] {
  return nonEmpty(
    scripts.flatMap((script) =>
      script.turns
        .filter(isUser)
        .map((turn, index) => ({ ...script, id: `${script.id}-${index}`, turns: nonEmpty([turn]) })),
    ),
  );
}

/** What a conversation of the mix has, in the mean over the workload's weights. */
export interface ConversationMix {
  readonly userTurns: number;
  /** Pauses between its turns, in ms. */
  readonly pausesMs: number;
}

export function mixOf(scripts: readonly ConversationScript[], thinkMs: number): ConversationMix {
  const total = scripts.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const mean = (value: (script: ConversationScript) => number): number =>
    scripts.reduce((sum, script) => sum + (script.weight ?? 1) * value(script), 0) / total;
  return {
    userTurns: mean(({ turns }) => turns.filter(isUser).length),
    pausesMs: mean(({ turns }) => turns.slice(1).reduce((sum, turn) => sum + (turn.thinkMs ?? thinkMs), 0)),
  };
}

const isUser = ({ role = 'user' }: { role?: string }): boolean => role === 'user';
