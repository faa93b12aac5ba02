import { now } from './clock.ts';
import { Exchange, type Route } from './exchange.ts';
import { Fifo } from './generation/fifo.ts';
import type { Generation } from './generation/generation.ts';
import { type Law, law } from './generation/law.ts';
import { Sharing } from './generation/sharing.ts';
import type { Settings } from './options.ts';
import { random, STREAM } from './random.ts';
import { Store } from './store.ts';
import { Timers } from './timers.ts';
import { Truth } from './truth.ts';
import { type Tenancy, tenancy } from './workspace.ts';

/** When a reply's generation began and was over. */
export interface Served {
  readonly beganAt: number;
  readonly endedAt: number;
  readonly serviceMs: number;
}

/** The service behind the routes: what it stores, how it makes replies, and what it knows of itself. */
export class Service {
  readonly tenancy: Tenancy;
  readonly store: Store;
  readonly truth: Truth;
  readonly timers = new Timers();
  readonly #generation: Generation;
  readonly #law: Law;
  #requests = 0;

  constructor(readonly settings: Settings) {
    this.tenancy = tenancy(settings.seed);
    this.store = new Store(settings.keepConversations);
    this.truth = new Truth(settings.keepTurns);
    this.#law = law(settings.service);
    this.#generation = generation(settings, this.timers);
  }

  /** The next request, with the operators that chance gives it. */
  exchange(route: Route): Exchange {
    const count = (id: string) => this.truth.countOperator(id);
    return new Exchange(this.#requests++, this.settings.seed, route, [], count);
  }

  /** Makes a reply take its time; undefined when the queue is full. */
  generate(turn: number, exchange: Exchange): Promise<Served | undefined> {
    let workMs = this.#law(random(this.settings.seed, STREAM.service, turn));
    for (const operator of exchange.hooked('service')) workMs = operator.service(workMs, exchange);
    return new Promise((resolve) => {
      let beganAt = 0;
      const accepted = this.#generation.submit({
        workMs,
        submittedAt: now(),
        began: (at) => {
          beganAt = at;
        },
        ended: (endedAt) => resolve({ beganAt, endedAt, serviceMs: workMs }),
      });
      if (!accepted) resolve(undefined);
    });
  }

  close(): void {
    this.#generation.clear();
    this.timers.clear();
  }
}

function generation(settings: Settings, timers: Timers): Generation {
  const schedule = (due: number, run: () => void) => {
    timers.at(due, run);
  };
  if (settings.slowdown > 0) return new Sharing(settings.slowdown, settings.queueLimit, schedule);
  const parallel = settings.parallel === 0 ? Number.POSITIVE_INFINITY : settings.parallel;
  return new Fifo(parallel, settings.queueLimit, schedule);
}
