import TinyQueue from 'tinyqueue';
import { now } from './clock.ts';

/** A callback waiting for its time; `cancelled` ones are skipped. */
export interface Timer {
  readonly due: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** `setTimeout` keeps whole milliseconds; what is due within half of one is due. */
const TOLERANCE_MS = 0.5;

/** Timers with fractional due times that share one `setTimeout`, early or late by about half a millisecond and not biased. */
export class Timers {
  readonly #waiting = new TinyQueue<Timer>([], (a, b) => a.due - b.due);
  #armed: NodeJS.Timeout | undefined;
  #armedFor = Number.POSITIVE_INFINITY;

  /** Runs `run` at `due` (epoch ms of the server's clock). */
  at(due: number, run: () => void): Timer {
    const timer = { due, run, cancelled: false };
    this.#waiting.push(timer);
    if (due < this.#armedFor) this.#arm();
    return timer;
  }

  /** Forgets every timer. */
  clear(): void {
    clearTimeout(this.#armed);
    this.#waiting.data = [];
    this.#waiting.length = 0;
    this.#armedFor = Number.POSITIVE_INFINITY;
  }

  readonly #fire = (): void => {
    this.#armedFor = Number.NEGATIVE_INFINITY;
    for (let next = this.#waiting.peek(); next !== undefined; next = this.#waiting.peek()) {
      if (!next.cancelled && next.due > now() + TOLERANCE_MS) break;
      this.#waiting.pop();
      if (!next.cancelled) next.run();
    }
    this.#arm();
  };

  #arm(): void {
    clearTimeout(this.#armed);
    const next = this.#waiting.peek();
    this.#armedFor = next?.due ?? Number.POSITIVE_INFINITY;
    if (next !== undefined) this.#armed = setTimeout(this.#fire, Math.max(1, Math.round(next.due - now())));
  }
}
