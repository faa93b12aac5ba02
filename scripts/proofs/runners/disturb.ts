import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../until.ts';
import { type Disturbance, TURNS_BEFORE_KILL } from './trial.ts';

const PATIENCE_MS = 120_000;
/** A lane that is more than 5 s behind its plan sends nothing. */
const STANDSTILL_MS = 6_500;

/** What a disturbance acts on. */
export interface Victim {
  readonly pid: () => number | undefined;
  /** Whether nothing waits for it any more but the start of the plan. */
  readonly isReady: () => boolean;
  /** Of the plan, epoch ms; undefined until it is known. */
  readonly startAt: () => number | undefined;
  readonly received: () => number;
}

/** Does to a runner what a trial wants; returns when it is done. */
export async function disturb({ kind }: Disturbance, victim: Victim): Promise<void> {
  if (kind === 'killed') {
    await requireUntil(() => victim.received() >= TURNS_BEFORE_KILL);
    process.kill(pidOf(victim), 'SIGKILL');
  }
  if (kind !== 'late') return;
  await requireUntil(() => victim.isReady() && victim.startAt() !== undefined);
  const pid = pidOf(victim);
  process.kill(pid, 'SIGSTOP');
  await delay((victim.startAt() ?? 0) - Date.now() + STANDSTILL_MS);
  process.kill(pid, 'SIGCONT');
}

function pidOf({ pid }: Victim): number {
  const found = pid();
  if (found === undefined) throw new Error('the runner to disturb does not run');
  return found;
}

/** Waits for a condition; throws where it never holds. */
export async function requireUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
  if (!(await until(condition, PATIENCE_MS))) throw new Error(`not within ${PATIENCE_MS / 1_000} s: ${condition}`);
}
