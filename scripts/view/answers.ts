/** What the local server of `fini-harness view` answers; its page is built against the same types. */

export type RunKind = 'run' | 'drift' | 'capacity' | 'comparison';

/** `killed`: its process is gone and left no result. `unknown`: it left none, and nobody here can look at its process. */
export type RunState = 'running' | 'ended' | 'killed' | 'unknown';

export interface RunRow {
  /** Folder below the results folder, with `/`; empty for the results folder itself. */
  readonly id: string;
  readonly kind: RunKind;
  readonly name: string;
  readonly runId: string;
  /** Epoch ms. */
  readonly at: number | null;
  readonly target: string;
  readonly state: RunState;
  readonly verdict: 'pass' | 'fail' | 'no-evidence' | null;
  /** Why the verdict is what it is. */
  readonly reason: string;
  readonly p95Ms: number | null;
  readonly turns: number | null;
  readonly failed: number | null;
  readonly violations: number | null;
  readonly hasReport: boolean;
}

export interface RunList {
  readonly folder: string;
  readonly runs: readonly RunRow[];
}

/** One second of a run, by the time stamps of its ledger. */
export interface LiveSecond {
  /** From time zero of the schedule. */
  readonly second: number;
  readonly sent: number;
  readonly settled: number;
  readonly inFlight: number;
  readonly errors: number;
  readonly violations: number;
  /** User turns settled in this second, from their intended start; null without an answer. */
  readonly p50: number | null;
  readonly p95: number | null;
}

export interface Live {
  readonly state: RunState;
  /** Of the schedule; null before time zero. */
  readonly elapsedMs: number | null;
  readonly windowMs: number | null;
  readonly drainMs: number | null;
  readonly sent: number;
  readonly planned: number | null;
  readonly settled: number;
  readonly inFlight: number;
  readonly oldestMs: number | null;
  readonly conversations: { readonly started: number; readonly ended: number };
  readonly spent: number;
  readonly price: { readonly perTurn: number; readonly currency: string } | null;
  readonly errors: readonly (readonly [name: string, times: number])[];
  readonly violations: number;
  readonly breakers: readonly string[];
  readonly faults: number;
  readonly recent: {
    readonly seconds: number;
    readonly turns: number;
    readonly p50: number | null;
    readonly p95: number | null;
  };
  readonly seconds: readonly LiveSecond[];
}

export interface SideBySide {
  readonly baseline: RunRow;
  readonly candidate: RunRow;
  readonly outcome: 'regression' | 'no-regression' | 'inconclusive';
  readonly headline: string;
  readonly notes: readonly string[];
  readonly rows: readonly SideRow[];
}

/** One number of both runs, written out. */
export interface SideRow {
  readonly name: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly change: string;
  readonly worse: boolean;
}

export interface DriftFinding {
  readonly id: string;
  readonly rule: string;
  readonly class: string;
  readonly why: string;
  readonly place: string;
  readonly expected: string;
  readonly observed: string;
  readonly frequency: string;
  readonly accepted: boolean;
  /** Whether it fails the check. */
  readonly failing: boolean;
  /** Files of the exchanges that prove it. */
  readonly evidence: readonly string[];
  /** One a check, in their order; null where the check did not find it. */
  readonly history: readonly (string | null)[];
}

export interface Drift {
  readonly checks: readonly { readonly runId: string; readonly at: number | null; readonly verdict: string }[];
  readonly findings: readonly DriftFinding[];
  /** How far a check is that has no result yet. */
  readonly progress: string | null;
}

export interface SearchRung {
  readonly number: number;
  /** Turns per second; turns in flight in the closed model; conversations per second of the confirming run. */
  readonly load: string;
  /** Turns per second, of a level. */
  readonly rate: number | null;
  readonly sent: number;
  /** Settled turns that count, and those of them that missed the SLO. */
  readonly turns: number;
  readonly bad: number;
  readonly state: RunState;
}

export interface Search {
  readonly slo: string;
  readonly limitMs: number;
  readonly badShare: number;
  readonly state: RunState;
  readonly budget: number;
  readonly spent: number;
  readonly headline: string | null;
  readonly rungs: readonly SearchRung[];
  /** Rates between which the answer lies by what the rungs show so far. */
  readonly between: readonly [low: number | null, high: number | null];
}
