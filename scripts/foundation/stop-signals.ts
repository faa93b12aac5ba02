/** What a terminal, a shell or a supervisor sends to end a process. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP', 'SIGBREAK'] as const;

/** A terminal that closes, and the shell in it, may each send SIGHUP: a second one is no second wish. */
export const INSISTING_SIGNALS: readonly (typeof STOP_SIGNALS)[number][] = STOP_SIGNALS.filter(
  (signal) => signal !== 'SIGHUP',
);
