import type {
  Capacity,
  CapacityResult,
  CapacityWarning,
  ConfirmationWarning,
} from '../../../contracts/generated/capacity.ts';
import { count, plural, share } from '../../foundation/text/format.ts';
import { INSECURE } from '../../foundation/text/target.ts';
import { forecastWarning } from './planning-text.ts';
import { ratesOf } from './sentences.ts';

/** What a reader of a capacity, and of the forecast beside it, must know. */
export function warningsOf({ capacity, forecast }: CapacityResult): string[] {
  return [
    ...capacity.warnings.flatMap((it) => warningSentence(it, capacity) ?? []),
    ...(forecast?.warnings ?? []).map(forecastWarning),
  ];
}

/** Undefined where the headline says it. */
function warningSentence(
  warning: CapacityWarning,
  { sd, outlook }: Pick<Capacity, 'sd' | 'outlook'>,
): string | undefined {
  switch (warning.code) {
    case 'tls-not-verified':
      return INSECURE;
    case 'backlog-below-capacity':
      return 'turns in flight grew during a level below the capacity: the service may not have been steady';
    case 'rungs-void':
      return `${plural(warning.count, 'rung was', 'rungs were')} void and repeated`;
    case 'contract-violated':
      return undefined;
    case 'uncertain':
      return `the answer is uncertain by ${share(sd ?? 0)} (one standard deviation): about ${count(outlook?.turns ?? 0)} more turns would reduce this to ${share(outlook?.sd ?? 0)} (--resume <folder> --budget ${warning.budget})`;
    case 'limit-not-reached':
      return `the service probably carries more: up to ${plural(warning.inFlight, 'turn')} in flight did not surely reach its limit. A budget of ${count(warning.budget)} turns tries about twice the load (--resume <folder> --budget ${warning.budget})`;
    case 'objective-undecided':
      return `without load ${share(warning.share)} of the turns miss the objective, by all turns so far; a budget of ${count(warning.budget)} turns mostly decides whether it can be met (--resume <folder> --budget ${warning.budget})`;
    case 'answers-vary':
      return `latency without load varies widely (coefficient of variation ${warning.cv.toFixed(2)}): for such services the most likely rate is 10 to 20% too high; the certified rate allows for it`;
    case 'little-mismatch':
      return `turns in flight differ from rate times latency (Little's law) at ${ratesOf(warning.rates)}: a clock jumped, or answers are missing from the ledger`;
    case 'no-steady-state':
      return `no steady state (MSER-5) in ${warning.count} of ${warning.levels} levels up to the certified rate`;
    case 'not-confirmed':
      return `not confirmed by a run of whole conversations: ${unconfirmed(warning)}`;
    default:
      return warning satisfies never;
  }
}

function unconfirmed({ why, budget = 0 }: ConfirmationWarning): string {
  return why === 'small-budget'
    ? `all turns of so small a budget go to the search; a budget of ${count(budget)} turns includes the run (--resume <folder> --budget ${budget})`
    : UNCONFIRMED[why];
}

const UNCONFIRMED = {
  'no-conversations': 'continuation strategy single has no conversations',
  'budget-spent': 'the rest of the budget is too small',
  'generator-late': 'this machine did not start its turns on time',
} as const;
