import type {
  Capacity,
  CapacityMisfit,
  CapacityReason,
  CapacityResult,
  IdleEnd,
  PlainEnd,
  TallyEnd,
} from '../../../contracts/generated/capacity.ts';
import { plural, share } from '../../foundation/text/format.ts';

/** The capacity, or why there is none; and why a search fails whatever it found. */
export function headlineOf({ capacity }: Pick<CapacityResult, 'capacity'>): string {
  const { violations } = capacity;
  const found = foundOf(capacity);
  if (violations === 0) return found;
  return `${found} ${plural(violations, 'answer violates', 'answers violate')} the contract, which fails the search.`;
}

function foundOf(capacity: Capacity): string {
  const { boundary, lambdaHat, lambdaCert, conversations, slo, threshold, thresholdCI90 } = capacity;
  const reason = reasonSentence(capacity);
  const between = thresholdCI90 == null ? '' : ` (90% interval ${thresholdCI90.map(figure).join(' to ')})`;
  const limit = threshold === null ? '' : `: it accepts about ${figure(threshold)} turns/s${between}`;
  if (boundary === 'rate-limiter') return `A rate limiter ends the search${limit}; ${reason}.`;
  if (capacity.feasible != null) return undecided(capacity, capacity.feasible);
  if (lambdaCert === null) return `${NO_CAPACITY[boundary](slo.text)}: ${reason}${misfitOf(capacity)}.`;
  const rate = conversations.perSecond === null ? '' : `, ${figure(conversations.perSecond)} conversations/s`;
  if (lambdaHat === null)
    return `Meets ${slo.text} up to at least ${figure(lambdaCert)} turns/s${rate}, with 90% confidence: ${reason} before any load reached the limit of the service.${confirmedBy(capacity)}`;
  const rest = boundary === 'smooth' ? '' : ` (${boundary}: ${reason})`;
  return `Meets ${slo.text} up to ${figure(lambdaCert)} turns/s${rate}, with 90% confidence; most likely up to ${figure(lambdaHat)} turns/s${rest}.${confirmedBy(capacity)}`;
}

/** What is known where not even that is whether any rate will do. */
function undecided({ slo, lambdaHat, lambdaHatCI90, reason }: Capacity, feasible: number): string {
  const between = lambdaHatCI90 === null ? '' : `90% interval ${lambdaHatCI90.map(figure).join(' to ')}`;
  const likely =
    lambdaHat === null ? ` (${between} turns/s)` : `; most likely up to ${figure(lambdaHat)} turns/s (${between})`;
  return `Nothing is certified for ${slo.text}: ${reasonSentence({ reason, slo })}, and any rate meets it with ${share(feasible)} probability only${likely}.`;
}

/** Why all turns together tell nothing, where the reason alone does not say it. */
const misfitOf = ({ misfit, reason }: Capacity): string =>
  misfit == null || reason.code !== 'budget-spent' ? '' : `; ${misfitSentence(misfit)}`;

/** What is known where no rate is. */
const NO_CAPACITY: Readonly<Record<Exclude<Capacity['boundary'], 'rate-limiter'>, (slo: string) => string>> = {
  infeasible: (slo) => `No rate meets ${slo}`,
  'ill-posed': (slo) => `Whether a rate meets ${slo} does not depend on the load`,
  drifting: () => 'The service changed during the search',
  unstable: () => 'The service is not one service with one capacity',
  'not-reached': () => 'The capacity was not found',
  smooth: () => 'The capacity was not found',
  cliff: () => 'The capacity was not found',
};

/** Whether whole conversations at the certified rate met the objective. */
function confirmedBy({ confirmation, slo }: Capacity): string {
  if (confirmation == null) return '';
  const bad = `${share(confirmation.pBad)} of ${confirmation.n} turns bad`;
  return confirmation.met
    ? ` Whole conversations at that rate met it (${bad}).`
    : ` But whole conversations at that rate did not meet ${slo.text}: ${bad}, ${confirmation.errors} failed.`;
}

const figure = (value: number): string => String(Number(value.toPrecision(3)));
const rateOf = (rate: number): string => `${rate.toPrecision(3)} turns/s`;
/** Several rates, in turns a second. */
export const ratesOf = (rates: readonly number[]): string =>
  `${rates.map((rate) => rate.toPrecision(3)).join(', ')} turns/s`;

/** Why a search ended as it did; without a full stop. */
function reasonSentence({ reason, slo }: Pick<Capacity, 'reason' | 'slo'>): string {
  switch (reason.code) {
    case 'misses-alone':
      return `one turn at a time, ${reason.count} of ${reason.n} already miss ${slo.text}`;
    case 'fails-alone':
      return `one turn at a time, ${reason.count} of ${reason.n} already fail`;
    case 'fails-around-capacity':
      return `${reason.count} of ${reason.n} turns failed, at rates around the capacity too`;
    case 'misses-when-calm':
      return `at ${rateOf(reason.rate)} already ${intervalOf(reason)} miss ${slo.text}`;
    case 'idle-misses':
      return `${intervalOf(reason)} of an idle service's turns miss ${slo.text} already: the rate hardly matters`;
    case 'grows-smoothly':
    case 'later-halves-differ':
    case 'unreachable':
    case 'interrupted':
    case 'generator-late':
      return PLAIN[reason.code];
    default:
      return numbersOf(reason);
  }
}

const intervalOf = ({ share: of, lower, upper }: IdleEnd): string =>
  `${share(of)} (95% interval ${share(lower)} to ${share(upper)})`;

const PLAIN: Readonly<Record<PlainEnd['code'], string>> = {
  'grows-smoothly': 'bad turns grow smoothly with the rate',
  'later-halves-differ': 'the later halves of the levels differ from the earlier halves',
  unreachable: 'the service can no longer be reached',
  interrupted: 'it was interrupted',
  'generator-late': 'this machine cannot start turns on time at the required rate: use a faster or less busy one',
};

type Numbered = Exclude<CapacityReason, PlainEnd | TallyEnd | IdleEnd>;

function numbersOf(reason: Numbered): string {
  switch (reason.code) {
    case 'key-refused':
      return `the service refuses the key (${reason.status})`;
    case 'failing':
      return `many turns in a row failed, the last with ${reason.status}`;
    case 'repeat-differs':
      return `the first level, run again at the end, had ${share(reason.after)} bad turns, ${share(reason.before)} before`;
    case 'saturation-changed':
      return `saturated, the service answered ${rateOf(reason.before)} at the start and ${reason.after.toPrecision(3)} at the end`;
    case 'slower-than-before':
      return `answers take ${reason.factor.toFixed(1)} times as long at ${rateOf(reason.rate)} as they did at the start`;
    case 'jump':
      return `from ${share(reason.low.share)} bad turns at ${rateOf(reason.low.rate)} to ${share(reason.high.share)} at ${rateOf(reason.high.rate)}`;
    case 'reversed':
      return `${rateOf(reason.high.rate)} had a better result (${share(reason.high.share)} bad) than ${rateOf(reason.low.rate)} (${share(reason.low.share)})`;
    case 'breaks-in-flight':
      return `turns sent with ${reason.inFlight} or more in flight took at least ${reason.factor.toFixed(1)} times as long as turns sent with fewer`;
    case 'backlog-grows':
      return `turns in flight kept growing at ${ratesOf(reason.rates)}`;
    case 'beyond-max-rate':
      return `the service carries more than --max-rate ${reason.maxRate} turns/s`;
    case 'budget-spent':
      return `the budget of ${plural(reason.budget, 'turn')} is spent`;
    case 'not-saturated':
      return `${plural(reason.concurrency, 'turn')} in flight do not saturate it`;
    case 'fails-in-flight':
      return `with ${plural(reason.concurrency, 'turn')} in flight ${reason.count} of ${reason.n} failed: the load was not increased further`;
    case 'refused': {
      const load =
        reason.rate === undefined ? `${plural(reason.concurrency ?? 0, 'turn')} in flight` : rateOf(reason.rate);
      return `at ${load} the service refused ${reason.count} of ${reason.n} turns (429 or 503)`;
    }
    default:
      return reason satisfies never;
  }
}

/** Why the turns are not of a service that the likelihood describes. */
export function misfitSentence(misfit: CapacityMisfit): string {
  return misfit.code === 'level-unexplained'
    ? `a level at ${rateOf(misfit.rate)} had ${misfit.bad} of ${misfit.n} bad turns, which it does not predict`
    : MISFITS[misfit.code];
}

const MISFITS: Readonly<Record<Exclude<CapacityMisfit['code'], 'level-unexplained'>, string>> = {
  'too-few-turns': 'too few turns',
  'not-limited': 'no load was high enough to reach the limit of the service',
  'not-first-come': 'turns are not served first come, first served',
  'load-dependent': 'answers depend on the load in a way that the model does not describe',
  changed: 'answers changed during the search',
  correlated: 'answers depend on earlier answers',
  failures: 'more turns fail than the SLO allows',
  'objective-unknown': 'too few turns to decide whether the objective can be met',
  'levels-only': 'the search was set to use levels only',
};
