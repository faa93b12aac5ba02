import type { Plan } from '../../../contracts/generated/plan.ts';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { scriptTable, templateOf } from '../../../contracts/template.ts';

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

/** The most turns of a plan, and of those that cost an AI reply; without a limit where undefined. */
export type TurnLimits = { readonly [Key in keyof TurnCount]?: number | undefined };

const NO_LIMIT = Number.POSITIVE_INFINITY;

/** How many of the first `conversations` conversations fit the limits, to the turn. */
export function budget(script: Script, conversations: number, limits: TurnLimits = {}): Budgeted {
  const { turns: maxTurns = NO_LIMIT, users: maxUsers = NO_LIMIT } = limits;
  const sizes = script.scripts.map((it) => sizeOf(it, script.strategy));
  const table = scriptTable(script.scripts);
  let turns = 0;
  let users = 0;
  for (let number = 0; number < conversations; number += 1) {
    const index = templateOf(script.seed, number, table);
    const size = sizes[index] ?? { turns: 0, users: 0 };
    const room = { turns: maxTurns - turns, users: maxUsers - users };
    if (room.turns < size.turns || room.users < size.users) {
      const last = largestPart(script.scripts[index], script.strategy, room);
      if (last.turns === 0) return { conversations: number, turns, users };
      const used = { turns: turns + last.turns, users: users + last.users };
      return { conversations: number + 1, lastTurns: last.turns, ...used };
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
  const once = budget(script, plan.conversations, turns === null ? {} : { turns: turns / tries });
  return { turns: once.turns * tries, users: once.users * tries };
}

/** As much of a conversation from its beginning as there is room for. */
function largestPart(script: ConversationScript | undefined, strategy: Strategy, room: TurnCount): TurnCount {
  let turns = Math.min(room.turns, script?.turns.length ?? 0);
  while (turns > 0 && sizeOf(script, strategy, turns).users > room.users) turns -= 1;
  return turns === 0 ? { turns: 0, users: 0 } : sizeOf(script, strategy, turns);
}

/** Without a way to continue, a conversation is its first turn. */
function sizeOf(script: ConversationScript | undefined, strategy: Strategy, most?: number): TurnCount {
  const turns = script?.turns.slice(0, strategy === 'single' ? 1 : most) ?? [];
  return { turns: turns.length, users: turns.filter(({ role = 'user' }) => role === 'user').length };
}
