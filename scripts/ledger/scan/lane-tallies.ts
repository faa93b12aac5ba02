import type { SentValues, SettledValues } from './turn-values.ts';

/** What the lines of a lane show together; instants in epoch ms. */
export interface LaneTally {
  readonly startAt: number;
  lastAt: number;
  sent: number;
  settled: number;
  firstSentAt: number;
  /** Of its lines of turns. */
  lastTurnAt: number;
}

/** A lane with a higher number would cost memory for all below it. */
const MOST_LANES = 1 << 16;

export class LaneTallies {
  private readonly lanes: (LaneTally | undefined)[] = [];

  /** The lane, once it has started. */
  of(lane: number): LaneTally | undefined {
    return this.lanes[lane];
  }

  /** @returns whether it is the first start of that lane */
  start(lane: number, startAt: number): boolean {
    if (!Number.isInteger(lane) || lane < 0 || lane >= MOST_LANES || this.lanes[lane] !== undefined) return false;
    const never = Number.NEGATIVE_INFINITY;
    this.lanes[lane] = {
      startAt,
      lastAt: never,
      sent: 0,
      settled: 0,
      firstSentAt: Number.POSITIVE_INFINITY,
      lastTurnAt: never,
    };
    return true;
  }

  /** A line of no turn that this lane wrote. */
  saw(lane: number, at: number): void {
    const tally = this.lanes[lane];
    if (tally !== undefined && at > tally.lastAt) tally.lastAt = at;
  }

  entries(): (readonly [lane: number, tally: LaneTally])[] {
    return this.lanes.flatMap((tally, lane) => (tally === undefined ? [] : [[lane, tally] as const]));
  }
}

/** The last sign of life of a lane. */
export const lastOf = ({ lastAt, lastTurnAt }: LaneTally): number => Math.max(lastAt, lastTurnAt);

export function sawSent(tally: LaneTally, { sentAt }: SentValues): void {
  tally.sent += 1;
  if (sentAt < tally.firstSentAt) tally.firstSentAt = sentAt;
  if (sentAt > tally.lastTurnAt) tally.lastTurnAt = sentAt;
}

export function sawSettled(tally: LaneTally, { settledAt }: SettledValues): void {
  tally.settled += 1;
  if (settledAt > tally.lastTurnAt) tally.lastTurnAt = settledAt;
}
