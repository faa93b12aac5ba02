import type { ServerResponse } from 'node:http';
import { NOTHING, type Sent } from './answer.ts';
import { now } from './clock.ts';
import { publicEvent } from './event.ts';
import type { Route, World } from './exchange.ts';
import { OperatedExchange } from './operated-exchange.ts';
import { type ActiveOperator, drawOperators } from './operators/active.ts';
import { activeOperators } from './operators/catalogue.ts';
import { OptionsError, type Settings, settings } from './options.ts';
import { Pace } from './pace.ts';
import { random, STREAM, uuid } from './random.ts';
import { Store } from './store.ts';
import { Truth, type TruthSummary } from './truth.ts';
import { type Tenancy, tenancy } from './workspace.ts';

const AT_START_ONLY = ['port', 'keepTurns', 'keepConversations'] as const;

/** The service behind the routes: what it stores, how it makes replies, and what it knows of itself. */
export class Service implements World {
  readonly tenancy: Tenancy;
  readonly memory = new Map<string, unknown>();
  readonly store: Store;
  readonly truth: Truth;
  readonly pace: Pace;
  settings: Settings;
  /** Turns that have no answer yet. */
  readonly #open = new Set<OperatedExchange>();
  #operators: readonly ActiveOperator[];
  #numbers: Partial<Record<Route, number>> = {};
  #elsewhere = 0;

  /** `restart` breaks all connections and listens again after `downMs`. */
  constructor(options: unknown, restart: (downMs: number) => void) {
    this.settings = settings(options);
    this.tenancy = tenancy(this.settings.seed);
    this.store = new Store(this.settings.keepConversations);
    this.truth = new Truth(this.settings.keepTurns);
    this.#operators = activeOperators(this.settings);
    this.pace = new Pace(this.settings, (downMs) => {
      for (const exchange of this.#open) this.settle(exchange, NOTHING);
      restart(downMs);
    });
  }

  get seed(): number {
    return this.settings.seed;
  }

  /** Changes some options while it runs; throws an OptionsError and changes nothing when one is wrong. Keys and ids stay. */
  configure(patch: Readonly<Record<string, unknown>>): void {
    const fixed = AT_START_ONLY.find((name) => name in patch);
    if (fixed !== undefined) throw new OptionsError(`${fixed}: can only be set at the start`);
    const changed = settings({ ...this.settings, ...patch });
    this.#operators = activeOperators(changed);
    this.settings = changed;
    this.memory.clear();
    this.pace.configure(changed);
  }

  /** As just started, with the same options. Open turns lose their connections. */
  reset(): void {
    for (const { response } of this.#open) response.destroy();
    this.#open.clear();
    this.pace.reset();
    this.memory.clear();
    this.store.clear();
    this.truth.clear();
    this.#numbers = {};
    this.#elsewhere = 0;
  }

  /** The next request of a route, with the operators that chance gives it. */
  exchange(route: Route, response: ServerResponse): OperatedExchange {
    const number = this.#numbers[route] ?? 0;
    this.#numbers[route] = number + 1;
    const operators = drawOperators(this.#operators, this.seed, route, number);
    const exchange = new OperatedExchange(this, route, number, response, operators);
    if (route === 'generate-answer') {
      exchange.truth = this.truth.open();
      this.#open.add(exchange);
    }
    return exchange;
  }

  /** A turn's answer has been handed over, or will never be; `abandoned`: its client had gone. */
  settle(exchange: OperatedExchange, sent: Sent, abandoned = false): void {
    if (exchange.truth === undefined || !this.#open.delete(exchange)) return;
    this.truth.settle(Object.assign(exchange.truth, sent, { abandoned }));
  }

  summary(): TruthSummary {
    return { ...this.truth.summary(), generation: this.pace.load };
  }

  quantile(share: number): number {
    return this.pace.quantile(share);
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
}
