import type { Io } from '../foundation/io.ts';

/** What the user reads after the first Ctrl-C. */
const STOPPING =
  'Stopping: k6 ends now, turns in flight are cut, and the report is written. Press Ctrl-C again to kill k6.\n';

/** Tells, when the user asks to stop, that this has been heard; returns what to call when nothing is left to stop. */
export function announceStop({ signal, err }: Pick<Io, 'signal' | 'err'>): () => void {
  const tell = (): void => err(STOPPING);
  signal.addEventListener('abort', tell, { once: true });
  return () => signal.removeEventListener('abort', tell);
}
