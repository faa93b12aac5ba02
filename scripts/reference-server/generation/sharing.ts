import TinyQueue from 'tinyqueue';
import type { Generation, Job, Schedule } from './generation.ts';

interface Shared {
  readonly job: Job;
  /** Value of the virtual clock at which it is done. */
  readonly target: number;
}

/**
 * No queue: everything is served at once, and each further request in flight slows all of them down.
 * With n in flight each one progresses at the rate 1 / (1 + slowdown * (n - 1)), so that throughput tends to 1 / (slowdown * mean work).
 * A virtual clock runs at that rate: a job is done when the clock has advanced by its work.
 */
export class Sharing implements Generation {
  readonly waiting = 0;
  readonly #served = new TinyQueue<Shared>([], (a, b) => a.target - b.target);
  #virtual = 0;
  #at = Number.NEGATIVE_INFINITY;
  #wakeup = 0;

  constructor(
    private readonly slowdown: number,
    private readonly limit: number,
    private readonly schedule: Schedule,
  ) {}

  get inService(): number {
    return this.#served.length;
  }

  submit(job: Job): boolean {
    if (this.#served.length >= this.limit) return false;
    this.#advance(job.submittedAt);
    job.began(job.submittedAt);
    if (job.workMs > 0) this.#served.push({ job, target: this.#virtual + job.workMs });
    else job.ended(job.submittedAt);
    this.#plan();
    return true;
  }

  resize(): void {
    // Sharing has no number of servers.
  }

  clear(): void {
    this.#served.data = [];
    this.#served.length = 0;
    this.#wakeup++;
  }

  get #rate(): number {
    return 1 / (1 + this.slowdown * Math.max(0, this.#served.length - 1));
  }

  /** Brings the virtual clock to `at`. What is done by then ends at its own time, however late the timers are. */
  #advance(at: number): void {
    for (let due = this.#due; due <= at; due = this.#due) this.#complete(due);
    if (at <= this.#at) return;
    if (this.#served.length > 0) this.#virtual += (at - this.#at) * this.#rate;
    this.#at = at;
  }

  /** When the next job is done, if no other comes. */
  get #due(): number {
    const next = this.#served.peek();
    return next === undefined ? Number.POSITIVE_INFINITY : this.#at + (next.target - this.#virtual) / this.#rate;
  }

  /** Wakes at the next completion; a later change of the set makes an earlier wake-up void. */
  #plan(): void {
    const wakeup = ++this.#wakeup;
    const due = this.#due;
    if (due === Number.POSITIVE_INFINITY) return;
    this.schedule(due, () => {
      if (wakeup !== this.#wakeup) return;
      this.#advance(due);
      this.#plan();
    });
  }

  #complete(due: number): void {
    const done = this.#served.pop();
    if (done === undefined) return;
    this.#virtual = done.target;
    this.#at = due;
    done.job.ended(due);
  }
}
