import type { Capacity } from '../../../contracts/generated/capacity.ts';
import { slowShare } from '../likelihood/infer.ts';
import { capacityPosterior } from '../likelihood/service-posterior.ts';
import { autocovariances } from '../measure/dependence.ts';
import type { Level } from '../measure/level.ts';
import { beliefOf } from '../model/belief.ts';
import type { Prior } from '../model/posterior.ts';
import type { ServiceModel } from '../model/service-model.ts';
import { growthAt, idleOf, predictCapacity } from '../model/service-model.ts';
import type { Findings } from '../search/findings.ts';
import type { Slo } from '../slo.ts';

const QUANTILES = [0.9, 0.95, 0.99];
const LIMITS = [0.75, 1, 1.25, 1.5];
/** An answer further from the levels than this is a guess. */
const REACH = 1.15;
/** p99 of a few hundred turns hangs on three of them. */
const LEAST_BAD = 10;
/** Standard deviation of ln(capacity) beyond which an answer is a guess. */
const GUESS = 0.25;

type Row = Capacity['sensitivity'][number];

/**
 * The capacity for other percentiles and limits, from the levels of one search. Where they do not tell, `lambdaHat` is null
 * and `lambdaCert` what is certified for a stricter one, if anything is.
 */
export function sensitivityOf(found: Findings, slo: Slo): Row[] {
  const rows = rowsOf(found, slo);
  return found.isReached ? rows : rows.map((row) => ({ ...row, lambdaHat: null }));
}

function rowsOf(found: Findings, slo: Slo): Row[] {
  const quantiles = [...new Set([...QUANTILES, slo.quantile])].sort((a, b) => a - b);
  const rows = quantiles.flatMap((quantile) =>
    LIMITS.map((factor) => {
      const isOwn = quantile === slo.quantile && factor === 1;
      return isOwn ? ownRow(found, slo) : rowOf(found, quantile, factor * slo.limitMs);
    }),
  );
  return consistent(rows, ownRow(found, slo));
}

/**
 * No stricter objective has a higher rate than a looser one; what keeps a stricter one keeps the looser one too. The
 * objective of the search, which the levels were laid for, decides over the others.
 */
function consistent(rows: readonly Row[], own: Row): Row[] {
  const isLooser = (a: Row, b: Row): boolean => a.quantile <= b.quantile && a.limitMs >= b.limitMs;
  const anchored = rows.map((row) => (isLooser(row, own) ? limit(Math.max, row, [own]) : row));
  const capped = anchored.map((row) =>
    limit(
      Math.min,
      row,
      anchored.filter((it) => isLooser(it, row)),
    ),
  );
  return capped.map((row) => {
    if (row.lambdaCert !== null) return row;
    const stricter = capped.flatMap((it) => (isLooser(row, it) && it.lambdaCert !== null ? [it.lambdaCert] : []));
    return { ...row, lambdaCert: stricter.length === 0 ? null : Math.max(...stricter) };
  });
}

/** The rates of a row, no further than `to` lets them; what is not known stays so. */
function limit(to: (...rates: number[]) => number, row: Row, by: readonly Row[]): Row {
  const of = (key: 'lambdaHat' | 'lambdaCert'): number | null =>
    row[key] === null ? null : to(row[key], ...by.flatMap((it) => it[key] ?? []));
  return { ...row, lambdaHat: of('lambdaHat'), lambdaCert: of('lambdaCert') };
}

function ownRow({ posterior: belief, certified }: Findings, { quantile, limitMs }: Slo): Row {
  return { quantile, limitMs, lambdaHat: belief?.quantile(0.5) ?? null, lambdaCert: certified };
}

function rowOf({ levels, model, prior, xMax, inferred }: Findings, quantile: number, limitMs: number): Row {
  const unknown = { quantile, limitMs, lambdaHat: null, lambdaCert: null };
  if (inferred !== null && 'services' in inferred) {
    const belief = capacityPosterior(inferred.services, {
      limitMs,
      badShare: slowShare(1 - quantile, inferred.failed),
    });
    if (belief === undefined || belief.sd > GUESS) return unknown;
    return { quantile, limitMs, lambdaHat: belief.quantile(0.5), lambdaCert: belief.certified };
  }
  const judged = levels
    .filter(({ purpose, aborted }) => purpose !== 'calm' && !aborted)
    .map((it) => judge(it, limitMs));
  const bad = judged.reduce((sum, level) => sum + level.bad, 0);
  if (model === null || prior === null || judged.length < 2 || bad < LEAST_BAD) return unknown;
  const badShare = 1 - quantile;
  const other = { ...model, limitMs };
  const guess =
    xMax === null ? { rate: prior.rate, growth: prior.growth } : priorAt(other, predictCapacity(other, badShare, xMax));
  const belief = beliefOf(judged, other, { ...prior, ...guess, idle: idleOf(other) }, badShare);
  const lambdaHat = belief.quantile(0.5);
  const rates = judged.map(({ rate }) => rate);
  const isNear = lambdaHat * REACH >= Math.min(...rates) && lambdaHat <= REACH * Math.max(...rates);
  return isNear ? { quantile, limitMs, lambdaHat, lambdaCert: belief.certified } : unknown;
}

const priorAt = (model: ServiceModel, rate: number): Pick<Prior, 'rate' | 'growth'> => ({
  rate,
  growth: growthAt(model, rate),
});

function judge(level: Level, limitMs: number): Level {
  const indicators = level.latenciesMs.map((ms) => (ms > limitMs ? 1 : 0));
  const bad = indicators.reduce<number>((sum, it) => sum + it, 0);
  return { ...level, bad, covariances: autocovariances(indicators) };
}
