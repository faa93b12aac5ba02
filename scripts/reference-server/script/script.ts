import { ApiError } from '../api-error.ts';
import type { Settings } from '../options.ts';
import { Stall } from './stall.ts';
import { TokenBucket } from './token-bucket.ts';

/** What a script can do to the server when a time comes. */
export interface Stage {
  /** Runs at an epoch ms. */
  at(due: number, run: () => void): void;
  scaleTo(parallel: number): void;
  restart(downMs: number): void;
}

/** Behaviour that depends on time or on load: a limiter, a cliff, a leak, a warm-up, a stall, an autoscaler, a restart. */
export class Script {
  stall = new Stall();
  readonly #bucket: TokenBucket | undefined;
  #begun = false;
  #userTurns = 0;

  constructor(
    private readonly settings: Settings,
    private readonly stage: Stage,
  ) {
    const { rateLimit } = settings;
    if (rateLimit !== undefined) this.#bucket = new TokenBucket(rateLimit.perSecond, rateLimit.burst);
  }

  /** A turn is received: times count from the first one. Throws 429 when the limiter refuses it. */
  admit(at: number): void {
    if (!this.#begun) this.#begin(at);
    if (this.#bucket === undefined || this.#bucket.take(at)) return;
    const seconds = this.settings.rateLimit?.retryAfterS;
    throw new ApiError(429, 'Too many requests', seconds === undefined ? {} : { 'retry-after': String(seconds) });
  }

  /** Service time of a user turn that finds `inFlight` others; throws where the cliff refuses it. */
  stretch(workMs: number, inFlight: number): number {
    const { leak, warmUp, cliff } = this.settings;
    const before = this.#userTurns++;
    let stretched = workMs * (1 + (leak?.perTurn ?? 0) * before);
    if (warmUp !== undefined && before < warmUp.turns) {
      stretched *= 1 + (warmUp.factor - 1) * (1 - before / warmUp.turns);
    }
    if (cliff === undefined || inFlight < cliff.concurrency) return stretched;
    if (cliff.status !== undefined) throw new ApiError(cliff.status, 'Too many requests in flight');
    return stretched * (cliff.factor ?? 1);
  }

  #begin(at: number): void {
    this.#begun = true;
    const { stall, autoscale, restart } = this.settings;
    if (stall !== undefined) this.stall = new Stall(at + stall.afterMs, stall.forMs);
    if (autoscale !== undefined) this.stage.at(at + autoscale.afterMs, () => this.stage.scaleTo(autoscale.parallel));
    if (restart !== undefined) this.stage.at(at + restart.afterMs, () => this.stage.restart(restart.downMs));
  }
}
