import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition, no longer than so many ms; whether it held. */
export async function until(condition: () => boolean | Promise<boolean>, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > deadline) return false;
    await delay(5);
  }
  return true;
}
