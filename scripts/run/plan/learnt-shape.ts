import type { Arrivals } from '../../../contracts/generated/arrivals.ts';
import type { Profile, ProfileStage } from '../../../contracts/profile.ts';
import { random } from '../../../contracts/random.ts';
import { usageError } from '../../foundation/errors.ts';
import { gammaOfMeanOne } from '../../foundation/statistics/gamma.ts';
import type { ConfigFlags, FullConfig } from '../config/load.ts';
import type { Shape } from './configured-shape.ts';

/** Settings that the learnt day decides, and those that only it has. */
const DECIDED = ['rate', 'concurrency', 'duration'] as const;
const OWN = ['learnt', 'hours', 'speed', 'peak'] as const;

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const WEEK_DAYS = 7;
/** The part of its first hour in which conversations only begin to be in progress. */
const WARM_UP = 0.1;
/** Of the draws of rates: apart from those of arrivals and conversations. */
const STREAM = 0x64;

interface Hour {
  readonly name: string;
  /** Conversations. */
  readonly expected: number;
}

/**
 * The load of a learnt day: its hours one after the other, each with a constant rate. With dispersed arrivals each rate is
 * multiplied by a gamma variate of mean 1 and the learnt variance, which makes them a doubly stochastic Poisson process
 * (Cox 1955); the seed decides them, so that the schedule is as exact and finite as any other.
 * @throws HarnessError (2) where no day was learnt, or flags do not fit
 */
export function learntShape(profile: Profile, config: FullConfig, flags: ConfigFlags, arrivals: Arrivals): Shape {
  const decided = DECIDED.find((key) => flags[key] !== undefined);
  if (decided !== undefined) throw usageError(`--${decided}: the learnt day defines it; --hours and --speed change it`);
  const { speed = 1, peak = false } = config;
  if (peak && config.hours !== undefined) throw usageError('--peak is one hour: omit --hours');
  const hours = peak ? busiestHour(arrivals) : dispersed(hoursOf(arrivals, config.hours), arrivals, config);
  // The rate stays that of the day, whatever time it has: a tenth of the time holds a tenth of the conversations.
  const rates = hours.map(({ name, expected }) => ({ name, perSecond: (expected * 1000) / HOUR_MS }));
  const rate = Math.max(...rates.map(({ perSecond }) => perSecond));
  if (!(rate > 0)) throw usageError('--hours: no conversation started in these hours of the learnt day');
  const { rate: _rate, concurrency: _concurrency, duration: _duration, ...rest } = config;
  const stages = rates.map(({ name, perSecond }) => ({ name, share: 1, ...level(perSecond / rate), measured: true }));
  const duration = `${Math.round((hours.length * HOUR_MS) / speed)}ms`;
  return { config: rest, profile: { ...profile, rate, duration, stages: withWarmUp(stages) } };
}

/** @throws HarnessError (2) for flags of the learnt day where another scenario runs */
export function assertNothingLearnt(scenario: string, flags: ConfigFlags): void {
  const own = OWN.find((key) => flags[key] !== undefined);
  if (own !== undefined) throw usageError(`--${own} belongs to the scenario day, not to ${scenario}`);
  if (flags.arrivals === 'dispersed') throw usageError('--arrivals: dispersed arrivals need the scenario day');
}

const level = (at: number): Pick<ProfileStage, 'from' | 'to'> => ({ from: at, to: at });

function withWarmUp([first, ...others]: readonly ProfileStage[]): ProfileStage[] {
  if (first === undefined) return [];
  return [{ ...first, name: 'warm-up', share: WARM_UP, measured: false }, { ...first, share: 1 - WARM_UP }, ...others];
}

function busiestHour({ peaks: [peak] }: Arrivals): Hour[] {
  if (peak === undefined) throw usageError('--peak: no whole hour was learnt: learn from a longer period');
  return [{ name: 'peak', expected: peak.conversations }];
}

/** As many conversations as the busiest day had, by hours as they are on that day of the week. */
function hoursOf({ busiestDay, hourOfWeek }: Arrivals, range: string | undefined): Hour[] {
  if (busiestDay === null) throw usageError('the scenario day needs a whole day (UTC): learn from a longer period');
  const weekday = (new Date(busiestDay.from).getUTCDay() + WEEK_DAYS - 1) % WEEK_DAYS;
  const means = Array.from({ length: DAY_HOURS }, (_, hour) => hourOfWeek[weekday * DAY_HOURS + hour]?.value ?? 0);
  const total = means.reduce((sum, mean) => sum + mean, 0);
  const [from, to] = rangeOf(range);
  return means
    .map((mean, hour) => ({
      name: `${String(hour).padStart(2, '0')}h`,
      expected: total === 0 ? 0 : (busiestDay.conversations * mean) / total,
    }))
    .slice(from, to);
}

function rangeOf(range: string | undefined): [from: number, to: number] {
  if (range === undefined) return [0, DAY_HOURS];
  const [from = 0, to = 0] = range.split('-').map(Number);
  if (from < to && to <= DAY_HOURS) return [from, to];
  throw usageError(
    `--hours: must be hours of a day (UTC) such as 9-12, the second one later and at most 24, got ${range}`,
  );
}

function dispersed(hours: readonly Hour[], { dispersion }: Arrivals, { arrivals, seed }: FullConfig): readonly Hour[] {
  const variance = arrivals === 'dispersed' ? (dispersion.value ?? 0) : 0;
  return hours.map(({ name, expected }) => ({
    name,
    // An hour has its own draw, whichever others are run with it.
    expected: expected * gammaOfMeanOne(variance, random(seed, STREAM, Number.parseInt(name, 10))),
  }));
}
