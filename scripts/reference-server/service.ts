import type { ServerResponse } from 'node:http';
import { now } from './clock.ts';
import { publicEvent } from './event.ts';
import { Exchange, type Route, type World } from './exchange.ts';
import { Fifo } from './generation/fifo.ts';
import type { Generation } from './generation/generation.ts';
import { type Law, law } from './generation/law.ts';
import { Sharing } from './generation/sharing.ts';
import { type ActiveOperator, drawOperators } from './operators/active.ts';
import { activeOperators } from './operators/catalogue.ts';
import { OptionsError, type Settings, settings } from './options.ts';
import { random, STREAM, uuid } from './random.ts';
import { Script } from './script/script.ts';
import { Store } from './store.ts';
import { Timers } from './timers.ts';
import { Truth, type TruthSummary } from './truth.ts';
import { type Tenancy, tenancy } from './workspace.ts';

/** When a reply's generation was asked for, began, and was over. */
export interface Served {
  readonly queuedAt: number;
  readonly beganAt: number;
  readonly endedAt: number;
}

const AT_START_ONLY = ['port', 'keepTurns', 'keepConversations'] as const;

/** Draws that a quantile of the service law is taken from. */
const QUANTILE_DRAWS = 4_001;

/** The service behind the routes: what it stores, how it makes replies, and what it knows of itself. */
export class Service implements World {
  readonly tenancy: Tenancy;
  readonly timers = new Timers();
  readonly memory = new Map<string, unknown>();
  settings: Settings;
  readonly store: Store;
  readonly truth: Truth;
  #generation: Generation;
  #law: Law;
  /** Turns that have no answer yet. */
  readonly open = new Set<Exchange>();
  #operators: readonly ActiveOperator[];
  #script: Script;
  #numbers: Partial<Record<Route, number>> = {};
  #elsewhere = 0;

  /** `restart` breaks all connections and listens again after `downMs`. */
  constructor(
    options: unknown,
    private readonly restart: (downMs: number) => void,
  ) {
    this.settings = settings(options);
    this.tenancy = tenancy(this.settings.seed);
    this.store = new Store(this.settings.keepConversations);
    this.truth = new Truth(this.settings.keepTurns);
    this.#law = law(this.settings.service);
    this.#operators = activeOperators(this.settings);
    this.#generation = this.#newGeneration();
    this.#script = this.#newScript();
  }

  get seed(): number {
    return this.settings.seed;
  }

  /** Changes some options while it runs; what is in service goes on as it began. Keys and ids stay. */
  configure(patch: Readonly<Record<string, unknown>>): void {
    const fixed = AT_START_ONLY.find((name) => name in patch);
    if (fixed !== undefined) throw new OptionsError(`${fixed}: can only be set at the start`);
    const changed = settings({ ...this.settings, ...patch });
    this.#operators = activeOperators(changed);
    const { parallel, slowdown, queueLimit } = this.settings;
    this.settings = changed;
    this.#law = law(changed.service);
    this.memory.clear();
    if (changed.slowdown !== slowdown || changed.queueLimit !== queueLimit) this.#generation = this.#newGeneration();
    else if (changed.parallel !== parallel) this.#resize(changed.parallel);
    this.#script = this.#newScript();
  }

  /** As just started, with the same options: no conversations, no truth, and the same numbers drawn again. Open turns lose their connections. */
  reset(): void {
    this.#generation.clear();
    this.timers.clear();
    this.memory.clear();
    for (const { response } of this.open) response.destroy();
    this.open.clear();
    this.store.clear();
    this.truth.clear();
    this.#numbers = {};
    this.#elsewhere = 0;
    this.#generation = this.#newGeneration();
    this.#script = this.#newScript();
  }

  /** The next request of a route, with the operators that chance gives it. */
  exchange(route: Route, response: ServerResponse): Exchange {
    const number = this.#numbers[route] ?? 0;
    this.#numbers[route] = number + 1;
    const operators = drawOperators(this.#operators, this.seed, route, number);
    const exchange = new Exchange(this, route, number, response, operators);
    if (route === 'generate-answer') {
      exchange.truth = this.truth.open();
      this.open.add(exchange);
    }
    return exchange;
  }

  /** A turn's answer has been handed over, or will never be. */
  settle(exchange: Exchange, status: number, bytes: number): void {
    if (exchange.truth === undefined || !this.open.delete(exchange)) return;
    exchange.truth.status = status;
    exchange.truth.bytes = bytes;
    exchange.truth.abandoned = exchange.response.destroyed;
    this.truth.settle(exchange.truth);
  }

  /** Counts a turn against the rate limiter, and starts the script with the first one. */
  admit(at: number): void {
    this.#script.admit(at);
  }

  /** Makes a reply take its time; undefined when the queue is full. */
  generate(turn: number, exchange: Exchange): Promise<Served | undefined> {
    const { stall } = this.#script;
    let workMs = this.#law(random(this.seed, STREAM.service, turn));
    for (const operator of exchange.hooked('service')) workMs = operator.service(workMs, exchange);
    workMs = this.#script.stretch(workMs, this.#generation.inService + this.#generation.waiting);
    const queuedAt = now();
    return new Promise((resolve) => {
      let beganAt = 0;
      const accepted = this.#generation.submit({
        workMs,
        submittedAt: stall.working(queuedAt),
        began: (at) => {
          beganAt = stall.wall(at);
        },
        ended: (at) => {
          const endedAt = stall.wall(at);
          this.#when(endedAt, () => resolve({ queuedAt, beganAt, endedAt }));
        },
      });
      if (!accepted) resolve(undefined);
    });
  }

  /** Resolves at once, or when the stall is over. */
  async awake(): Promise<void> {
    const { stall } = this.#script;
    await new Promise<void>((resolve) => this.#when(stall.wall(stall.working(now())), resolve));
  }

  summary(): TruthSummary {
    const { inService, waiting } = this.#generation;
    return { ...this.truth.summary(), generation: { inService, waiting } };
  }

  quantile(share: number): number {
    const key = 'sorted draws of the service law';
    let sorted = this.memory.get(key) as number[] | undefined;
    if (sorted === undefined) {
      const next = random(this.seed, STREAM.variants);
      sorted = Array.from({ length: QUANTILE_DRAWS }, () => this.#law(next)).sort((a, b) => a - b);
      this.memory.set(key, sorted);
    }
    return sorted[Math.round(share * (QUANTILE_DRAWS - 1))] ?? 0;
  }

  elsewhere(): void {
    const bot = this.tenancy.bots.get(this.tenancy.botId);
    if (bot === undefined) return;
    const next = random(this.seed, STREAM.ids, -1, this.#elsewhere++);
    const conversation = this.store.create(uuid(next), bot, Math.floor(now()));
    conversation.events.push(publicEvent(uuid(next), conversation.createdAt, 'agent', 'A note from somebody else.'));
  }

  applied(id: string): void {
    this.truth.countOperator(id);
  }

  close(): void {
    this.#generation.clear();
    this.timers.clear();
  }

  /** Runs at a wall time, at once when that is past. */
  #when(due: number, run: () => void): void {
    if (due <= now() + 1) run();
    else this.timers.at(due, run);
  }

  #resize(parallel: number): void {
    this.#generation.resize(unlimited(parallel), this.#script.stall.working(now()));
  }

  #newGeneration(): Generation {
    const { slowdown, parallel, queueLimit } = this.settings;
    const schedule = (due: number, run: () => void) => {
      this.timers.at(this.#script.stall.wall(due), run);
    };
    if (slowdown > 0) return new Sharing(slowdown, queueLimit, schedule);
    return new Fifo(unlimited(parallel), queueLimit, schedule);
  }

  #newScript(): Script {
    return new Script(this.settings, {
      at: (due, run) => {
        this.timers.at(due, run);
      },
      scaleTo: (parallel) => this.#resize(parallel),
      restart: (downMs) => {
        this.#generation.clear();
        for (const exchange of this.open) this.settle(exchange, 0, 0);
        this.restart(downMs);
      },
    });
  }
}

/** Zero stands for no limit. */
const unlimited = (parallel: number): number => (parallel === 0 ? Number.POSITIVE_INFINITY : parallel);
