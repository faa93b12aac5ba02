import type { Generation, Job, Schedule } from './generation.ts';

/**
 * `parallel` servers and one first-come-first-served queue.
 * A job begins at the moment that its server became free, not when a timer noticed it, so that lateness of timers does not add up.
 */
export class Fifo implements Generation {
  #waiting: Job[] = [];
  #busy = 0;
  #era = 0;

  constructor(
    private parallel: number,
    private readonly queueLimit: number,
    private readonly schedule: Schedule,
  ) {}

  get inService(): number {
    return this.#busy;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  submit(job: Job): boolean {
    if (this.#busy < this.parallel) this.#start(job, job.submittedAt);
    else if (this.#waiting.length >= this.queueLimit) return false;
    else this.#waiting.push(job);
    return true;
  }

  resize(parallel: number, at: number): void {
    this.parallel = parallel;
    this.#fill(at);
  }

  clear(): void {
    this.#waiting = [];
    this.#busy = 0;
    this.#era++;
  }

  #start(job: Job, freeAt: number): void {
    this.#busy++;
    const at = Math.max(freeAt, job.submittedAt);
    const era = this.#era;
    job.began(at);
    const end = (): void => {
      if (era !== this.#era) return;
      this.#busy--;
      job.ended(at + job.workMs);
      this.#fill(at + job.workMs);
    };
    if (job.workMs > 0) this.schedule(at + job.workMs, end);
    else end();
  }

  #fill(freeAt: number): void {
    while (this.#busy < this.parallel) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#start(next, freeAt);
    }
  }
}
