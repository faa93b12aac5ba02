import type { Plan } from '../../contracts/generated/plan.ts';
import type { ConversationScript } from '../../contracts/generated/workload.ts';
import { templateOf, weightTable } from '../../contracts/template.ts';

export type Strategy = Plan['continuation']['strategy'];

/** What decides the turns of each conversation. */
export interface Script {
  readonly seed: number;
  readonly strategy: Strategy;
  readonly scripts: readonly ConversationScript[];
}

/** Turns of a plan; `users` are those that cost an AI reply. */
export interface TurnCount {
  readonly turns: number;
  readonly users: number;
}

/** Conversations 0 .. `conversations`-1 fit the budget; the last one is cut to `lastTurns` where that is set. */
export interface Budgeted extends TurnCount {
  readonly conversations: number;
  readonly lastTurns?: number;
}

/** How many of the first `conversations` conversations fit `maxTurns` turns, to the turn. */
export function budget(script: Script, conversations: number, maxTurns = Number.POSITIVE_INFINITY): Budgeted {
  const sizes = script.scripts.map((it) => sizeOf(it, script.strategy));
  const table = weightTable(script.scripts.map((it) => it.weight ?? 1));
  let turns = 0;
  let users = 0;
  for (let number = 0; number < conversations; number += 1) {
    const index = templateOf(script.seed, number, table);
    const size = sizes[index] ?? { turns: 0, users: 0 };
    const room = maxTurns - turns;
    if (room <= 0) return { conversations: number, turns, users };
    if (room < size.turns) {
      const last = sizeOf(script.scripts[index], script.strategy, room);
      return { conversations: number + 1, lastTurns: room, turns: maxTurns, users: users + last.users };
    }
    turns += size.turns;
    users += size.users;
  }
  return { conversations, turns, users };
}

/** How often a turn may be sent. */
export const triesOf = ({ retryOnce }: { readonly retryOnce?: boolean }): number => (retryOnce === true ? 2 : 1);

/** Counts the turns of a finished plan; undefined when only time bounds it. */
export function countTurns(plan: Plan): TurnCount | undefined {
  if (plan.conversations === null) return undefined;
  const { seed, continuation, workload, turns } = plan;
  const script = { seed, strategy: continuation.strategy, scripts: workload.conversations };
  const tries = triesOf(plan);
  const once = budget(script, plan.conversations, turns === null ? undefined : turns / tries);
  return { turns: once.turns * tries, users: once.users * tries };
}

/** Without a way to continue, a conversation is its first turn. */
function sizeOf(script: ConversationScript | undefined, strategy: Strategy, most?: number): TurnCount {
  const turns = script?.turns.slice(0, strategy === 'single' ? 1 : most) ?? [];
  return { turns: turns.length, users: turns.filter(({ role = 'user' }) => role === 'user').length };
}
