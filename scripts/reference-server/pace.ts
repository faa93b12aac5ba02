import { now } from './clock.ts';
import { Fifo } from './generation/fifo.ts';
import type { Generation } from './generation/generation.ts';
import { type Law, law } from './generation/law.ts';
import { Sharing } from './generation/sharing.ts';
import type { Settings } from './options.ts';
import { random, STREAM } from './random.ts';
import { Script } from './script/script.ts';
import { type Timer, Timers } from './timers.ts';

/** When a reply's generation was asked for, began, and was over. */
export interface Served {
  readonly queuedAt: number;
  readonly beganAt: number;
  readonly endedAt: number;
}

/** Draws that a quantile of the service law is taken from. */
const QUANTILE_DRAWS = 4_001;

/** How long things take: the service law, the queue, and the script of what happens when. */
export class Pace {
  readonly #timers = new Timers();
  #settings: Settings;
  #law: Law;
  #sortedDraws: readonly number[] | undefined;
  #generation: Generation;
  #script: Script;
  #scripted: Timer[] = [];

  /** `restart` is what else happens when the script restarts the server. */
  constructor(
    settings: Settings,
    private readonly restart: (downMs: number) => void,
  ) {
    this.#settings = settings;
    this.#law = law(settings.service);
    this.#generation = this.#newGeneration();
    this.#script = this.#newScript();
  }

  /** Replies that are being generated, and those that wait for it. */
  get load(): { inService: number; waiting: number } {
    const { inService, waiting } = this.#generation;
    return { inService, waiting };
  }

  /** From now on; what is in service goes on as it began. */
  configure(settings: Settings): void {
    const { parallel, slowdown, queueLimit } = this.#settings;
    this.#settings = settings;
    this.#law = law(settings.service);
    this.#sortedDraws = undefined;
    if (settings.slowdown !== slowdown || settings.queueLimit !== queueLimit) this.#generation = this.#newGeneration();
    else if (settings.parallel !== parallel) this.#resize(settings.parallel);
    this.#script = this.#newScript();
  }

  /** Forgets what is in service, and starts the script anew. */
  reset(): void {
    this.close();
    this.#generation = this.#newGeneration();
    this.#script = this.#newScript();
  }

  close(): void {
    this.#generation.clear();
    this.#timers.clear();
  }

  /** Counts a turn against the rate limiter (throws 429), and starts the script with the first one. */
  admit(at: number): void {
    this.#script.admit(at);
  }

  /** Takes the time that a user turn's reply takes; undefined when the queue is full. `change` may change the drawn one. */
  generate(turn: number, change: (workMs: number) => number): Promise<Served | undefined> {
    const { stall } = this.#script;
    const { inService, waiting } = this.#generation;
    const drawnMs = change(this.#law(random(this.#settings.seed, STREAM.service, turn)));
    const workMs = this.#script.stretch(drawnMs, inService + waiting);
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

  /** Quantile of the service law in ms, from draws. */
  quantile(share: number): number {
    const next = random(this.#settings.seed, STREAM.variants);
    this.#sortedDraws ??= Array.from({ length: QUANTILE_DRAWS }, () => this.#law(next)).sort((a, b) => a - b);
    return this.#sortedDraws[Math.round(share * (QUANTILE_DRAWS - 1))] ?? 0;
  }

  /** Runs at a wall time, at once when that is past. */
  #when(due: number, run: () => void): void {
    if (due <= now() + 1) run();
    else this.#timers.at(due, run);
  }

  #resize(parallel: number): void {
    this.#generation.resize(unlimited(parallel), this.#script.stall.working(now()));
  }

  #newGeneration(): Generation {
    const { slowdown, parallel, queueLimit } = this.#settings;
    const schedule = (due: number, run: () => void) => {
      this.#timers.at(this.#script.stall.wall(due), run);
    };
    if (slowdown > 0) return new Sharing(slowdown, queueLimit, schedule);
    return new Fifo(unlimited(parallel), queueLimit, schedule);
  }

  #newScript(): Script {
    for (const timer of this.#scripted) timer.cancelled = true;
    this.#scripted = [];
    return new Script(this.#settings, {
      at: (due, run) => {
        this.#scripted.push(this.#timers.at(due, run));
      },
      scaleTo: (parallel) => this.#resize(parallel),
      restart: (downMs) => {
        this.#generation.clear();
        this.restart(downMs);
      },
    });
  }
}

/** Zero stands for no limit. */
const unlimited = (parallel: number): number => (parallel === 0 ? Number.POSITIVE_INFINITY : parallel);
