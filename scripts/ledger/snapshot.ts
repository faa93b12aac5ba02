import type { LedgerLine, Sent, Settled } from '../../contracts/generated/ledger.ts';
import { isFailed, isViolated, latencyOf, turnKey } from './ledger-turn.ts';

/** What a run shows so far. Times in ms, instants in epoch ms. */
export interface Snapshot {
  readonly at: number;
  /** Time zero of the schedule; undefined until a lane is ready. */
  readonly startAt: number | undefined;
  readonly sent: number;
  readonly settled: number;
  readonly inFlight: number;
  /** How long the longest turn in flight has been out. */
  readonly oldestMs: number | undefined;
  readonly conversations: { readonly started: number; readonly ended: number };
  /** Sent user turns but those that never had a connection: what may be billed. */
  readonly spent: number;
  /** Turns settled without a 200, by status or outcome. */
  readonly errors: ReadonlyMap<string, number>;
  /** Turns with a violation of a failing class. */
  readonly violations: number;
  readonly recent: RecentLatency;
  /** Why lanes stopped sending. */
  readonly breakers: ReadonlySet<string>;
  readonly faults: number;
}

/** User turns settled lately, from their intended start. A percentile is infinite where it falls on turns without an answer. */
interface RecentLatency {
  readonly seconds: number;
  readonly turns: number;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
}

export interface Tally {
  readonly add: (line: LedgerLine) => void;
  readonly snapshot: (now: number) => Snapshot;
}

const RECENT_MS = 10_000;

/** Counts the lines of a ledger as they come; memory grows with the turns in flight and those of the last seconds only. */
export function tally(): Tally {
  const flying = new Map<string, Sent>();
  const conversations = { started: 0, ended: 0 };
  const counts = { sent: 0, settled: 0, spent: 0, violations: 0, faults: 0 };
  const errors = failures();
  const breakers = new Set<string>();
  const latencies = recentLatencies();
  let startAt: number | undefined;

  const settle = (line: Settled): void => {
    counts.settled += 1;
    const sent = flying.get(turnKey(line));
    flying.delete(turnKey(line));
    if (isViolated(line)) counts.violations += 1;
    errors.note(line);
    if (sent?.role !== 'user') return;
    if (line.outcome === 'unsent') counts.spent -= 1;
    else latencies.add(line.settledAt, latencyOf(sent, line));
  };

  return {
    add: (line) => {
      if (line.kind === 'sent') {
        counts.sent += 1;
        if (line.role === 'user') counts.spent += 1;
        if (line.turn === 0 && line.attempt === 0) conversations.started += 1;
        flying.set(turnKey(line), line);
      } else if (line.kind === 'settled') settle(line);
      else if (line.kind === 'conversation') conversations.ended += line.turnsSent > 0 ? 1 : 0;
      else if (line.kind === 'lane-start') startAt = line.startAt;
      else if (line.kind === 'breaker') breakers.add(line.reason);
      else if (line.kind === 'fault') counts.faults += 1;
    },
    snapshot: (now) => {
      // A map keeps the order of insertion: the first is the longest out.
      const oldest = flying.values().next().value?.sentAt;
      return {
        at: now,
        startAt,
        ...counts,
        inFlight: flying.size,
        oldestMs: oldest === undefined ? undefined : Math.max(0, now - oldest),
        conversations: { ...conversations },
        errors: errors.byName(),
        breakers: new Set(breakers),
        recent: latencies.summary(now),
      };
    },
  };
}

/** Failed turns by their status, or by their outcome where there was no answer. */
function failures(): { note: (line: Settled) => void; byName: () => ReadonlyMap<string, number> } {
  const times = new Map<string, number>();
  return {
    note: (line) => {
      if (!isFailed(line)) return;
      const name = line.outcome === 'answered' ? String(line.status) : line.outcome;
      times.set(name, (times.get(name) ?? 0) + 1);
    },
    byName: () => new Map(times),
  };
}

function recentLatencies(): { add: (at: number, ms: number) => void; summary: (now: number) => RecentLatency } {
  let turns: { at: number; ms: number }[] = [];
  let lastDropped = 0;
  return {
    add: (at, ms) => {
      turns.push({ at, ms });
      // Nobody may ask for a while; what is old goes all the same.
      if (at - lastDropped < RECENT_MS) return;
      lastDropped = at;
      turns = turns.filter((turn) => turn.at > at - RECENT_MS);
    },
    summary: (now) => {
      turns = turns.filter((turn) => turn.at > now - RECENT_MS);
      const sorted = Float64Array.from(turns, (turn) => turn.ms).sort();
      const percentile = (q: number): number | undefined => sorted[Math.ceil(q * sorted.length) - 1];
      return { seconds: RECENT_MS / 1000, turns: sorted.length, p50: percentile(0.5), p95: percentile(0.95) };
    },
  };
}
