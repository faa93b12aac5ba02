import type { ConversationScript, ScriptedTurn } from '../../contracts/generated/workload.ts';
import { type Random, random } from '../../contracts/random.ts';
import type { Bank } from './bank.ts';
import type { Observed, ObservedTurn } from './observed.ts';
import { LONGEST_PAUSE_MS } from './tally.ts';

const PAUSE_STEP_MS = 100;
const CHARS_STEP = 10;

/** Scripts of the shapes of conversations, with contents of the bank where texts are not kept, or nothing is left of them. */
export function learntScripts(sample: readonly Observed[], bank: Bank, seed: number): ConversationScript[] {
  const ordered = [...sample].sort((a, b) => a.turns.length - b.turns.length || (a.key < b.key ? -1 : 1));
  return ordered.map(({ language, turns }, index) => {
    const next = random(seed, 0x78, index);
    return {
      id: `learnt-${String(index + 1).padStart(4, '0')}`,
      ...(language === 'und' ? {} : { language }),
      turns: turns.map((turn, place) => scriptedTurn(turn, place > 0, { bank, language, next })),
    } as ConversationScript;
  });
}

interface Speech {
  readonly bank: Bank;
  readonly language: string;
  readonly next: Random;
}

function scriptedTurn(
  { role, pauseMs, chars, text }: ObservedTurn,
  pauses: boolean,
  { bank, language, next }: Speech,
): ScriptedTurn {
  return {
    ...(role === 'user' ? {} : { role }),
    content: text || bank.content({ role, language, chars }, next),
    ...(pauses ? { thinkMs: rounded(Math.min(pauseMs, LONGEST_PAUSE_MS), PAUSE_STEP_MS) } : {}),
    chars: rounded(chars, CHARS_STEP),
  };
}

/** Exact lengths and pauses would tell more of a conversation than a load needs. */
const rounded = (value: number, step: number): number => Math.round(value / step) * step;
