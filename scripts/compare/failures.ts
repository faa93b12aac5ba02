import type { RunSummary } from '../../contracts/generated/baseline.ts';
import type { Comparison } from '../../contracts/generated/comparison.ts';
import { clopperPearson } from '../foundation/statistics/binomial.ts';
import { fisher } from '../foundation/statistics/fisher.ts';
import { share } from '../foundation/statistics/share.ts';
import type { Criteria } from './criteria.ts';
import type { Arms } from './design.ts';

type Errors = Comparison['errors'];

/** Of Fisher's test, and of what else is rare. */
export const ALPHA_ERRORS = 0.01;
/** Two-sided, so that each end is one of 95 %. */
const LIMITS = 0.1;

/** Failed turns of both arms, and the test that the candidate has no more. */
export function errorsOf({ baseline, candidate }: Arms): Errors {
  const [k0, n0, k, n] = [total(baseline, 'k'), total(baseline, 'n'), total(candidate, 'k'), total(candidate, 'n')];
  const bursts = dispersion(baseline);
  const [before, after] = [share(k0, n0, bursts), share(k, n, bursts)];
  return { baseline: before, candidate: after, p: fisher(k0 / bursts, n0 / bursts, k / bursts, n / bursts) };
}

/** What may be over a limit by chance is held against a test of its own, too: at so many times the level. */
const OVER = 10;

/** Whether more turns failed, surely; or surely more than may, where the baseline had no more than that and the arms differ. */
export function moreErrors(errors: Errors, { errors: limit }: Criteria, level = ALPHA_ERRORS): boolean {
  const { baseline, candidate, p } = errors;
  if (baseline.n === 0) return false;
  const isOver =
    p < OVER * level &&
    isWithin(baseline, limit) &&
    oneSided(candidate, level === ALPHA_ERRORS ? LIMITS : 2 * level).lower > limit;
  return isOver || p < level;
}

/**
 * How far failures may have risen, where it is not shown that no more turns fail and more did: their share may have
 * risen by more than may fail at all, or the candidate is over that limit and the baseline was not.
 */
export function unsureRise({ baseline, candidate }: Errors, { errors: limit }: Criteria): number | undefined {
  if ((candidate.value ?? 0) <= (baseline.value ?? 0)) return undefined;
  const isOver = isWithin(baseline, limit) && !isWithin(candidate, limit);
  const rise = riseLimit(baseline, candidate);
  return isOver || rise > limit ? rise : undefined;
}

const isWithin = ({ value }: Errors['baseline'], limit: number): boolean => (value ?? 0) <= limit;

function oneSided({ k, n }: Errors['baseline'], alpha = LIMITS): { lower: number; upper: number } {
  if (n === 0) return { lower: 0, upper: 1 };
  const [lower, upper] = clopperPearson(k, n, alpha);
  return { lower, upper };
}

/** Upper 95 % limit of the rise, from the limits of both shares: R. G. Newcombe, Statist. Med. 17 (1998), method 10. */
function riseLimit(baseline: Errors['baseline'], candidate: Errors['baseline']): number {
  const [before, after] = [oneSided(baseline), oneSided(candidate)];
  const [p0, p] = [baseline.value ?? 0, candidate.value ?? 0];
  return p - p0 + Math.hypot(after.upper - p, p0 - before.lower);
}

function total(runs: readonly RunSummary[], key: 'k' | 'n'): number {
  return runs.reduce((sum, { errors }) => sum + errors[key], 0);
}

/**
 * By how much more than chance the shares of failures differ between the baseline's runs, at least 1: where failures come
 * in bursts, a burst more is no rise. Pearson's statistic over its degrees of freedom.
 */
function dispersion(runs: readonly RunSummary[]): number {
  const p = total(runs, 'k') / total(runs, 'n');
  if (runs.length < 2 || !(p > 0) || p === 1) return 1;
  const squares = runs.reduce((sum, { errors: { k, n } }) => sum + (k - n * p) ** 2 / (n * p * (1 - p)), 0);
  return Math.max(1, squares / (runs.length - 1));
}
