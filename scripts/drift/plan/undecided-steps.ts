import type { ProbeTurn, Step } from '../../../contracts/generated/drift-plan.ts';
import { turnStep } from './steps.ts';

/** Far beyond what a customer types, and below what HTTP servers take by default. */
const HUGE_CHARS = 90_000;
const SENTENCE = 'This is a note that goes on and on. ';

/** The rounds that show how a service decides; it decides the same way each time. */
export const UNDECIDED_ROUNDS = 2;

/**
 * Turns of which the reference does not say whether they are valid: no text, a very long text, and a
 * property that it does not name. Whichever it is, a change of it is told. What they begin is tidied up with what is left over.
 */
export function undecidedSteps(botId: string, next: () => ProbeTurn): Step[] {
  const said = (kind: string, condition: string, change: (turn: ProbeTurn) => ProbeTurn, fields = {}): Step => {
    const turn = change(next());
    const step = turnStep(kind, condition, turn, { botId, role: turn.role, ...fields });
    const expect = { condition, statuses: [400, 200], learnt: true, notice: true };
    return { ...step, expect };
  };
  const same = (turn: ProbeTurn): ProbeTurn => turn;
  return [
    said('N2', 'content-empty', ({ role, continued }) => ({ role, continued, content: '' })),
    said('X2', 'content-huge', (turn) => ({
      ...turn,
      content: SENTENCE.repeat(HUGE_CHARS / SENTENCE.length) + turn.content,
    })),
    said('N10', 'unknown-property', same, { harnessProbe: true }),
  ];
}

/** Contents that a program may take for nothing, or for no text. */
const SHORT = ['?', '0', 'true'];

/** Turns of a character or a word, which are as valid as any. */
export const shortSteps = (botId: string): Step[] =>
  SHORT.map((content) => {
    const turn: ProbeTurn = { role: 'agent', content, continued: false };
    return turnStep('R', 'short-content', turn, { botId, role: turn.role });
  });

/** The same body twice, as two customers may say the same: each is a turn of its own. */
export function sameBodySteps(botId: string, turn: ProbeTurn): Step[] {
  const step = turnStep('S', 'same-body-again', turn, { botId, role: turn.role });
  return [step, step];
}
