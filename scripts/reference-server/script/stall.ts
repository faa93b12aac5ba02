/**
 * A time in which nothing goes on. Work is planned on a working clock that stands still during the stall;
 * these two functions go from the wall clock to it and back. Without a stall both are the identity.
 */
export class Stall {
  constructor(
    private readonly from = Number.POSITIVE_INFINITY,
    private readonly forMs = 0,
  ) {}

  /** Working time at a wall time. */
  working(wall: number): number {
    return wall <= this.from ? wall : Math.max(this.from, wall - this.forMs);
  }

  /** Wall time at which the working clock passes a time. */
  wall(working: number): number {
    return working < this.from ? working : working + this.forMs;
  }
}
