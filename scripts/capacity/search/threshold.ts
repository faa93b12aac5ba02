import { random } from '../../../contracts/random.ts';
import { burstOf, type LetThrough, letThroughOf } from '../measure/let-through.ts';
import type { RungRecord } from '../measure/rung.ts';
import { unitPoisson } from '../model/queue.ts';
import type { SearchState } from './search-state.ts';
import { continueWith, type Refused, type Steps } from './step.ts';

const STREAM = 11;
/** Turns of a probe after the burst is used up, of which about half are let through. */
const TURNS = 200;
const MOST_TURNS = 600;
const LEAST_TURNS = 60;
/** No probe takes longer. */
const MOST_SECONDS = 3_600;
/** Fewer that got through tell of no rate. */
const LEAST_THROUGH = 20;
/** Arrivals at twice what is let through keep a token bucket empty. */
const OVERLOAD = 2;
const MOST_PROBES = 3;
/** Good enough: so many let through, so many refused beside them, and so narrow an interval (half of it, relative). */
const ENOUGH = { turns: 60, refusedShare: 0.3, width: 0.12 } as const;

/**
 * What a limiter lets through, once it has refused turns: by the rung that met it or, where that is too short to tell, by
 * Poisson arrivals at a rate that it refuses in part. Null where nothing gets through, or the budget does not reach.
 */
export function* findThreshold(search: SearchState, { record, offered }: Refused): Steps<LetThrough | null> {
  // One that has never answered has no rate, and to wait for one could take for ever.
  if (search.closed.length === 0 && record.turns.every(({ outcome }) => outcome !== 'answered'))
    return continueWith(null);
  let seen = letThroughOf(record);
  search.releaseReserve();
  let rate = OVERLOAD * Math.min(offered, mostOf(seen));
  let burst = burstOf(record);
  for (let probe = 0; probe < MOST_PROBES && !isEnough(seen); probe++) {
    const offering = yield* offer(search, rate, burst);
    if (offering.kind === 'ended') return offering;
    const shown = offering.value;
    if (shown === undefined) break;
    const now = letThroughOf(shown);
    // A quota that is used up.
    if (now?.turns === 0) break;
    burst = burstOf(shown);
    // A handful of turns tells of no rate: from there the rate goes down by half at most, for the next probe to refuse, too.
    rate = Math.max(OVERLOAD * (now === undefined ? rate : mostOf(now)), isTelling(now) ? 0 : rate / 2);
    seen = now ?? seen;
  }
  return continueWith(seen === undefined || seen.turns < LEAST_THROUGH ? null : seen);
}

/** With one turn more than was let through; infinite where nothing is known. */
const mostOf = (seen: LetThrough | undefined): number =>
  seen === undefined ? Number.POSITIVE_INFINITY : (seen.turns + 1) / seen.seconds;

const isTelling = (seen: LetThrough | undefined): boolean => seen !== undefined && seen.turns >= LEAST_THROUGH;

function isEnough(seen: LetThrough | undefined): boolean {
  if (seen === undefined) return false;
  const [least, most] = seen.interval;
  return (
    seen.turns >= ENOUGH.turns &&
    seen.refusedShare >= ENOUGH.refusedShare &&
    (most - least) / 2 <= ENOUGH.width * seen.rate
  );
}

/** Undefined where the budget does not reach for it, or it would take too long. */
function* offer(search: SearchState, wanted: number, burst: number): Steps<RungRecord | undefined> {
  const rate = Math.min(wanted, search.settings.maxRate ?? wanted);
  const count = Math.min(MOST_TURNS, TURNS + OVERLOAD * burst, search.left, Math.floor(MOST_SECONDS * rate));
  if (count < LEAST_TURNS) return continueWith(undefined);
  const unit = unitPoisson(count, random(search.settings.seed, STREAM, search.spent));
  const arrivals = Array.from(unit, (at) => ((at - (unit[0] ?? 0)) * 1000) / rate);
  return yield* search.perform({ kind: 'open', rate, jumpStart: 0, arrivals, skip: 0, limited: true });
}
