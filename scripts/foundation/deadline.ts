/** The end of somebody's patience. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** What was waited for has come; without this call the process lives until the deadline. */
  readonly clear: () => void;
}

/**
 * A signal that is aborted with `signal`, or `ms` from now unless cleared. `AbortSignal.any` with `AbortSignal.timeout` would
 * be shorter, but Node's garbage collection may take that timeout away before it fires (nodejs/node#57736).
 */
export function deadline(ms: number, signal: AbortSignal): Deadline {
  const late = new AbortController();
  // It keeps the process alive: Node's fetch never settles, and waits for nothing, where a server closes a connection as it opens.
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${ms / 1000} s`)), ms);
  return { signal: AbortSignal.any([signal, late.signal]), clear: () => clearTimeout(timer) };
}
