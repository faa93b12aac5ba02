import { setTimeout } from 'k6/timers';

/** Resolves at an epoch time in ms, at once when it has passed. */
export function sleepUntil(epochMs: number): Promise<void> {
  const ms = epochMs - Date.now();
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
