import type { Sent } from '../../contracts/generated/ledger.ts';
import { FAILING_CLASSES } from '../../contracts/violation.ts';
import { type Breaker, circuitBreaker } from './breaker.ts';
import { type Discover, discoverer } from './discover.ts';
import { measure } from './gate-metrics.ts';
import { type Gathering, gathering } from './gathering.ts';
import { keepsMetrics, settings } from './plan.ts';
import type { Pool } from './pool.ts';
import { laneRoom, type Room } from './room.ts';
import type { SettledTurn } from './settled-turn.ts';

/** A turn that starts later than this after its intended time is a late start: the generator's fault. */
const LATE_MS = 50;

/** What the conversations of one lane share. */
export interface Lane {
  readonly number: number;
  /** Time zero of the schedule, epoch ms. */
  readonly startAt: number;
  /** No turn starts from here on, epoch ms. */
  readonly drainAt: number;
  readonly breaker: Breaker;
  readonly room: Room;
  /** Prepared conversations, of strategy pool. */
  readonly pool: Pool;
  /** No conversation begins before this, epoch ms: the service asked to stay away (Retry-After). */
  readonly resumeAt: () => number;
  readonly discover: Discover;
  readonly counts: { conversations: number; sent: number; settled: number };
  /** Conversations under way, and slots that begin them. */
  readonly underWay: Gathering;
  /** Hears of every attempt that is settled. */
  readonly note: (settled: SettledTurn) => void;
}

export function laneState(number: number, startAt: number, pool: Pool): Lane {
  const breaker = circuitBreaker(number);
  let resumeAt = 0;
  const counts = { conversations: 0, sent: 0, settled: 0 };
  const note = (settled: SettledTurn): void => {
    counts.settled += 1;
    const { outcome, status, settledAt, retryAfterMs } = settled.settlement;
    breaker.note(outcome, status);
    if (retryAfterMs !== undefined) resumeAt = Math.max(resumeAt, settledAt + retryAfterMs);
    if (keepsMetrics && isMeasured(settled.sent, startAt)) mirror(settled);
  };
  const drainAt = startAt + settings.windowMs + settings.drainMs;
  return {
    number,
    startAt,
    drainAt,
    breaker,
    room: laneRoom(),
    pool,
    resumeAt: () => resumeAt,
    counts,
    discover: discoverer(number, drainAt),
    underWay: gathering(),
    note,
  };
}

/** Whether an attempt is the first of a turn that decides the verdict. */
function isMeasured({ attempt, intendedAt }: Sent, startAt: number): boolean {
  const ms = intendedAt - startAt;
  return (
    attempt === 0 && settings.stages.some(({ measured, startMs, endMs }) => measured && ms >= startMs && ms < endMs)
  );
}

function mirror({ sent: { role, intendedAt, sentAt }, settlement, judgement: { violations } }: SettledTurn): void {
  const { connectMs, durationMs, outcome, status } = settlement;
  const lateMs = Math.max(0, sentAt - intendedAt);
  measure({
    isUser: role === 'user',
    latencyMs: lateMs + connectMs + durationMs,
    failed: outcome !== 'answered' || status !== 200,
    violated: violations.length > 0 && violations.some((violation) => FAILING_CLASSES.includes(violation.class)),
    late: lateMs > LATE_MS,
  });
}
