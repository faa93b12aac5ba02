/** A rate limiter: `burst` tokens at most, `perSecond` new ones a second, one token a request. */
export class TokenBucket {
  #tokens: number;
  #at = Number.NaN;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.#tokens = burst;
  }

  /** Takes a token at epoch ms `at`; false when there is none. */
  take(at: number): boolean {
    if (!Number.isNaN(this.#at)) {
      this.#tokens = Math.min(this.burst, this.#tokens + ((at - this.#at) / 1_000) * this.perSecond);
    }
    this.#at = at;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
