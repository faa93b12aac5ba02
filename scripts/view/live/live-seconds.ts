import type { LedgerLine, Sent, Settled } from '../../../contracts/generated/ledger.ts';
import { isFailed, isViolated, latencyOf, turnKey } from '../../ledger/ledger-turn.ts';
import type { LiveSecond } from '../answers.ts';

/** As many seconds as the page draws. */
const SHOWN = 300;

interface Second {
  sent: number;
  settled: number;
  errors: number;
  violations: number;
  latencies: number[];
}

export interface LiveSeconds {
  readonly add: (line: LedgerLine) => void;
  /** The latest seconds until `now`, those without a line too. */
  readonly until: (now: number) => LiveSecond[];
}

/** Puts the lines of a ledger into the seconds of their own time stamps. */
export function liveSeconds(): LiveSeconds {
  const seconds = new Map<number, Second>();
  const flying = new Map<string, Sent>();
  let zero: number | undefined;
  let before = 0;
  const at = (ms: number): Second => {
    const key = Math.floor((ms - (zero ?? ms)) / 1000);
    const known = seconds.get(key);
    if (known !== undefined) return known;
    const made = { sent: 0, settled: 0, errors: 0, violations: 0, latencies: [] };
    seconds.set(key, made);
    return made;
  };
  /** What is older than a page shows only counts for the turns in flight. */
  const forget = (latest: number): void => {
    for (const [key, { sent, settled }] of seconds) {
      if (key > latest - 2 * SHOWN) continue;
      before += sent - settled;
      seconds.delete(key);
    }
  };
  const settle = (line: Settled): void => {
    const second = at(line.settledAt);
    const sent = flying.get(turnKey(line));
    flying.delete(turnKey(line));
    second.settled += 1;
    if (isFailed(line)) second.errors += 1;
    if (isViolated(line)) second.violations += 1;
    if (sent?.role !== 'user' || line.outcome === 'unsent') return;
    second.latencies.push(latencyOf(sent, line));
  };
  return {
    add: (line) => {
      if (line.kind === 'lane-start') zero ??= line.startAt;
      else if (line.kind === 'sent') {
        flying.set(turnKey(line), line);
        at(line.sentAt).sent += 1;
      } else if (line.kind === 'settled') settle(line);
    },
    until: (now) => {
      if (zero === undefined) return [];
      const last = Math.floor((now - zero) / 1000);
      forget(last);
      return untilSecond(seconds, last, before);
    },
  };
}

/** As many seconds until the last one as are shown; `before`: turns in flight before all of them. */
function untilSecond(seconds: ReadonlyMap<number, Second>, last: number, before: number): LiveSecond[] {
  const keys = [...seconds.keys()].sort((a, b) => a - b);
  const first = Math.max(last - SHOWN + 1, keys[0] ?? 0);
  let inFlight = before;
  for (const key of keys.filter((each) => each < first)) inFlight += change(seconds.get(key));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const second = seconds.get(first + index);
    inFlight += change(second);
    return shown(first + index, second, inFlight);
  });
}

const change = (second: Second | undefined): number => (second === undefined ? 0 : second.sent - second.settled);

function shown(second: number, of: Second | undefined, inFlight: number): LiveSecond {
  const { sent = 0, settled = 0, errors = 0, violations = 0, latencies = [] } = of ?? {};
  const sorted = Float64Array.from(latencies).sort();
  const level = (q: number): number | null => finite(sorted[Math.ceil(q * sorted.length) - 1]);
  return { second, sent, settled, errors, violations, inFlight, p50: level(0.5), p95: level(0.95) };
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;
