/**
 * How a k6 process ended: by itself, stopped by us or the user, ended from outside (out of memory, for example), by an
 * error of the scenario, without the ledger it should have written, or refusing to run.
 */
export type K6End = 'finished' | 'interrupted' | 'killed' | 'scenario-error' | 'ledger-lost' | 'fault';

export interface K6Status {
  readonly exitCode: number | undefined;
  /** The signal that ended it. */
  readonly signal: string | undefined;
  /** Whether we asked it to stop. */
  readonly stopped: boolean;
  /** Whether lines of the ledger could not be written. */
  readonly ledgerLost: boolean;
}

// errext/exitcodes of k6. Crossed thresholds are no end of their own: they mirror the gates, which our judge decides.
const FINISHED = [0, 99];
const EXTERNAL_ABORT = 105;
const SCENARIO_ERRORS = [107, 108, 110];

/** The only translation of k6's exit codes. */
export function k6End({ exitCode, signal, stopped, ledgerLost }: K6Status): K6End {
  if (ledgerLost) return 'ledger-lost';
  if (stopped || exitCode === EXTERNAL_ABORT) return 'interrupted';
  if (signal !== undefined || exitCode === undefined) return 'killed';
  if (FINISHED.includes(exitCode)) return 'finished';
  return SCENARIO_ERRORS.includes(exitCode) ? 'scenario-error' : 'fault';
}
