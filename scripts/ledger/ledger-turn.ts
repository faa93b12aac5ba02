import type { Sent, Settled } from '../../contracts/generated/ledger.ts';
import { FAILING_CLASSES } from '../../contracts/violation.ts';

/** Tells the tries of turns apart. */
export const turnKey = ({ conversation, turn, attempt }: Pick<Sent, 'conversation' | 'turn' | 'attempt'>): string =>
  `${conversation}/${turn}/${attempt}`;

/** Whether what became of turns is an error: anything but an answer with status 200. */
export const isFailed = ({ outcome, status }: { readonly outcome: string; readonly status: number }): boolean =>
  outcome !== 'answered' || status !== 200;

/** Whether an answer breaks the contract in a way that fails a run. */
export const isViolated = ({ violations }: Pick<Settled, 'violations'>): boolean =>
  violations.some((violation) => FAILING_CLASSES.includes(violation.class));

/** From the intended start to the answer, in ms; infinite without one. */
export function latencyOf({ intendedAt, sentAt }: Sent, { outcome, connectMs, durationMs }: Settled): number {
  if (outcome !== 'answered') return Number.POSITIVE_INFINITY;
  return Math.max(0, sentAt - intendedAt) + connectMs + durationMs;
}
