/** One reply to generate. Times are epoch ms of the generation's own clock. */
export interface Job {
  /** Ms of service that it needs when it is served alone. */
  readonly workMs: number;
  readonly submittedAt: number;
  /** Service begins. */
  readonly began: (at: number) => void;
  /** Service is over. */
  readonly ended: (at: number) => void;
}

/** The part of the service that makes replies: how many at once, and in which order. */
export interface Generation {
  readonly inService: number;
  readonly waiting: number;
  /** Takes a job; false when the queue is full. */
  submit(job: Job): boolean;
  /** Changes how many are served at once from `at` on, where that has a meaning. */
  resize(parallel: number, at: number): void;
  /** Forgets every job, as a crash does. */
  clear(): void;
}

/** Runs a callback when the generation's clock shows `due`. */
export type Schedule = (due: number, run: () => void) => void;
