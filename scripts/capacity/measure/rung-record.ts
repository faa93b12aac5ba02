import type { LedgerLine, Sent, Settled } from '../../../contracts/generated/ledger.ts';
import { FAILING_CLASSES } from '../../../contracts/violation.ts';
import { isFailed } from '../../ledger/ledger-turn.ts';
import { isRefusal } from './let-through.ts';
import { isLevel, LevelWatch, type Rung, type RungRecord, type RungTurn, type Stop } from './rung.ts';

const LATE_MS = 50;
const MOST_LATE = 0.005;
/** A service that asks for more (Retry-After) is not waited for: turns that follow each other would wait an hour. */
const LONGEST_WAIT_MS = 60_000;

/** What became of a rung, by its ledger. `ended` tells whether k6 ended by itself. */
export interface RungEnd {
  readonly lines: readonly LedgerLine[];
  readonly ended: boolean;
}

/** A rung's record, and how many of its answers break the contract. */
export function recordOf(rung: Rung, { lines, ended }: RungEnd, limitMs: number): RungRecord & { violations: number } {
  const sent = lines.filter((line): line is Sent => line.kind === 'sent');
  const settled = new Map(lines.filter(isSettled).map((line) => [line.conversation, line]));
  const zero = Math.min(...lines.flatMap((line) => (line.kind === 'lane-start' ? [line.startAt] : [])));
  const lastAt = lines.reduce((last, line) => Math.max(last, timeOf(line)), zero);
  const turns = sent
    .sort((a, b) => a.conversation - b.conversation)
    .map((line) => turnOf(rung, line, settled.get(line.conversation), { zero, lastAt, limitMs, ended }))
    // By their arrivals, which in the closed model are not those of their numbers: each lane has numbers of its own.
    .sort((a, b) => a.atMs - b.atMs);
  const aborted = !ended && wasAborted(rung, lines, limitMs);
  // A limiter counts turns when they come, not when they should have come.
  const lateShare = isLevel(rung) ? lateShareOf(sent, rung.jumpStart) : 0;
  const stop = isLimiter(turns) ? undefined : stopOf(lines);
  const voided = !ended && !aborted ? 'interrupted' : lateShare > MOST_LATE ? 'late' : null;
  return {
    turns,
    lateShare,
    void: voided,
    aborted,
    ...(stop === undefined ? {} : { stop }),
    violations: [...settled.values()].filter(isViolated).length,
  };
}

/** Some turns are answered and all others refused: that is a limiter, not a service that fails, whichever status it refuses with. */
const isLimiter = (turns: readonly RungTurn[]): boolean =>
  turns.some(({ outcome }) => outcome === 'answered') &&
  turns.some(isRefusal) &&
  turns.every((turn) => turn.outcome !== 'failed' || isRefusal(turn));

const isSettled = (line: LedgerLine): line is Settled => line.kind === 'settled';
export const isViolated = ({ violations }: Settled): boolean =>
  violations.some((violation) => FAILING_CLASSES.includes(violation.class));

function timeOf(line: LedgerLine): number {
  if (line.kind === 'sent') return line.sentAt;
  if (line.kind === 'settled') return line.settledAt;
  return 'at' in line ? line.at : 0;
}

function turnOf(
  rung: Rung,
  sent: Sent,
  settled: Settled | undefined,
  { zero, lastAt, limitMs, ended }: { zero: number; lastAt: number; limitMs: number; ended: boolean },
): RungTurn {
  const from = isLevel(rung) ? sent.intendedAt : sent.sentAt;
  const atMs = from - zero;
  const end = settled === undefined ? {} : { settledMs: settled.settledAt - zero };
  if (settled?.outcome === 'answered') {
    const latencyMs = Math.max(0, sent.sentAt - from) + settled.connectMs + settled.durationMs;
    return { atMs, latencyMs, outcome: settled.status === 200 ? 'answered' : 'failed', status: settled.status, ...end };
  }
  const waited = Math.max(0, (settled?.settledAt ?? lastAt) - from);
  // What had not settled when k6 ended by itself never will.
  const isCut = settled === undefined ? !ended : settled.outcome === 'cut';
  return { atMs, latencyMs: waited, outcome: isCut && waited <= limitMs ? 'unknown' : 'failed', status: 0, ...end };
}

/** Whether a settled turn is bad by itself, before anything else of its rung is known. */
export function isBadAnswer(settled: Settled, lateMs: number, limitMs: number): boolean {
  return isFailed(settled) || lateMs + settled.durationMs + settled.connectMs > limitMs;
}

/** Whether the rules ended the rung: the same watch that looked on while it ran, over the same lines. */
function wasAborted(rung: Rung, lines: readonly LedgerLine[], limitMs: number): boolean {
  const watch = endWatch(rung, limitMs);
  return watch !== undefined && lines.some((line) => watch(line));
}

/** Looks at the lines of a rung as they come; true once the rest would tell nothing more. */
export function endWatch(rung: Rung, limitMs: number): ((line: LedgerLine) => boolean) | undefined {
  if (rung.kind === 'closed') return (line) => isSettled(line) && (line.retryAfterMs ?? 0) > LONGEST_WAIT_MS;
  return isLevel(rung) ? abortWatch(rung.skip, limitMs) : undefined;
}

/** Looks at the lines of an open rung as they come; true once enough turns are bad for the level to end. */
function abortWatch(skip: number, limitMs: number): (line: LedgerLine) => boolean {
  const watch = new LevelWatch();
  const late = new Map<number, number>();
  return (line) => {
    if (line.kind === 'sent') late.set(line.conversation, Math.max(0, line.sentAt - line.intendedAt));
    if (line.kind !== 'settled' || line.outcome === 'cut' || line.conversation < skip) return false;
    return watch.settle(isBadAnswer(line, late.get(line.conversation) ?? 0, limitMs));
  };
}

/** Whether the generator kept its schedule badly enough to void a run of the open model. */
export const isLate = (lines: readonly LedgerLine[]): boolean =>
  lateShareOf(
    lines.filter((line): line is Sent => line.kind === 'sent'),
    0,
  ) > MOST_LATE;

function lateShareOf(sent: readonly Sent[], jumpStart: number): number {
  const counting = sent.filter(({ conversation }) => conversation >= jumpStart);
  const late = counting.filter(({ sentAt, intendedAt }) => sentAt - intendedAt > LATE_MS);
  return counting.length === 0 ? 0 : late.length / counting.length;
}

/** Why lanes stopped sending, where that ends the search: time-outs alone are overload, which the level shows itself. */
export function stopOf(lines: readonly LedgerLine[]): Stop | undefined {
  for (const line of lines) {
    if (line.kind !== 'breaker') continue;
    const { reason, status = 0 } = line;
    if (reason === 'unauthorised' || reason === 'forbidden') return { code: 'key-refused', status };
    if (reason === 'unreachable') return { code: 'unreachable' };
    if (reason === 'failing' && status >= 500) return { code: 'failing', status };
  }
  return undefined;
}
