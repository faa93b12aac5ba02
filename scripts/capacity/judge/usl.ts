import { chdtrc, compiled } from 'cephes';
import type { Usl } from '../../../contracts/generated/capacity.ts';
import { criticalValue } from '../../foundation/statistics/student-t.ts';
import type { ClosedStep } from '../measure/closed-step.ts';
import { throughputError } from './throughput-error.ts';

await compiled;

const LEAST_POINTS = 5;
const TWO_SIDED = 0.025;
/** A worse fit than this is no fit: a queue that fills up bends sharply, which the law does not. */
const MISFIT = 0.01;
/** Standard errors of a fall that is no chance. */
const SURELY = 3.5;
/** No further than this beyond the most turns in flight that were tried. */
const REACH = 2;

/**
 * Universal scalability law X(N) = gamma N / (1 + alpha (N - 1) + beta N (N - 1)) of throughput against turns in flight, by
 * weighted least squares on N / X, which is linear in its three parameters; none negative. N. J. Gunther, Guerrilla
 * Capacity Planning (2007).
 * @returns null with fewer than five steps that tell
 */
export function uslOf(closed: readonly ClosedStep[]): Usl {
  const points = closed.flatMap(pointOf);
  if (points.length < LEAST_POINTS || new Set(points.map(({ n }) => n)).size < LEAST_POINTS - 1) return null;
  const free = solve(points, [true, true, true]);
  const best = nonNegative(points);
  if (free === undefined || best === undefined) return null;
  const [a0, a1, a2] = best.values;
  const degrees = points.length - 3;
  const scale = Math.max(1, free.misfit / degrees);
  const reach = criticalValue(TWO_SIDED, degrees) * Math.sqrt(scale * free.variance);
  const fits = chdtrc(degrees, free.misfit) >= MISFIT;
  const lower = (free.values[2] - reach) / a0;
  const reachN = REACH * Math.max(...points.map(({ n }) => n));
  const peak = Math.sqrt(Math.max(0, 1 - a1 / a0) / (a2 / a0));
  const retrograde = fits && lower > 0 && peak <= reachN && isFalling(points);
  return {
    gamma: 1 / a0,
    alpha: a1 / a0,
    beta: a2 / a0,
    betaCI: [lower, (free.values[2] + reach) / a0],
    fits,
    retrograde,
    concurrencyAtPeak: retrograde ? peak : null,
    reach: reachN,
  };
}

/**
 * Whether the most turns in flight gave surely less throughput than fewer did. Without that the bend of a queue that
 * fills up, which never falls, would pass for coherency in half of all searches (by simulation).
 */
function isFalling(points: readonly Point[]): boolean {
  const most = Math.max(...points.map(({ n }) => n));
  const at = (of: readonly Point[]) => {
    const weight = of.reduce((sum, point) => sum + point.answers, 0);
    const throughput = of.reduce((sum, { n, y, answers }) => sum + (answers * n) / y, 0) / weight;
    return { throughput, error: Math.sqrt(of.reduce((sum, it) => sum + (it.answers * it.error) ** 2, 0)) / weight };
  };
  const last = at(points.filter(({ n }) => n === most));
  return points
    .filter(({ n }) => n < most)
    .some((point) => {
      const best = at(points.filter(({ n }) => n === point.n));
      const drop = Math.log(best.throughput / last.throughput);
      return drop > SURELY * Math.hypot(best.error, last.error);
    });
}

/** Answers a second that the law gives at a number of turns in flight. */
export const uslThroughput = ({ gamma, alpha, beta }: NonNullable<Usl>, n: number): number =>
  (gamma * n) / (1 + alpha * (n - 1) + beta * n * (n - 1));

interface Point {
  readonly n: number;
  /** Turns in flight over answers a second. */
  readonly y: number;
  /** Answers that its throughput was taken from, and its relative standard error. */
  readonly answers: number;
  readonly error: number;
}

function pointOf(step: ClosedStep): Point[] {
  const { concurrency, throughput } = step;
  const known = throughputError(step);
  return known === undefined ? [] : [{ n: concurrency, y: concurrency / throughput, ...known }];
}

type Three<T> = readonly [T, T, T];

interface Solution {
  readonly values: Three<number>;
  /** Weighted sum of squared residuals: chi-square where the law holds. */
  readonly misfit: number;
  /** Of the third parameter. */
  readonly variance: number;
}

/** The best of all choices of parameters that may differ from 0 and do not become negative. */
function nonNegative(points: readonly Point[]): Solution | undefined {
  const choices: Three<boolean>[] = [
    [true, true, true],
    [true, true, false],
    [true, false, true],
    [true, false, false],
  ];
  const solutions = choices.flatMap((choice) => solve(points, choice) ?? []);
  const allowed = solutions.filter(({ values }) => values.every((value) => value >= 0) && values[0] > 0);
  return allowed.sort((a, b) => a.misfit - b.misfit)[0];
}

/** Weighted least squares of y = a0 + a1 (n - 1) + a2 n (n - 1), by the normal equations; parameters that are not free are 0. */
function solve(points: readonly Point[], free: Three<boolean>): Solution | undefined {
  // In units of the largest n, so that the squares of large ones keep the digits of small ones.
  const unit = Math.max(...points.map(({ n }) => n));
  const units: Three<number> = [1, unit, unit ** 2];
  const terms = (n: number): number[] => [1, (n - 1) / unit, (n * (n - 1)) / unit ** 2];
  const columns = (n: number): number[] => terms(n).filter((_, index) => free[index]);
  const matrix = normalEquations(points, columns);
  const size = matrix.length;
  if (!eliminate(matrix)) return undefined;
  const found = matrix.map((row) => row[2 * size] ?? 0);
  const [a0 = 0, a1 = 0, a2 = 0] = free.map((isFree) => (isFree ? (found.shift() ?? 0) : 0));
  const misfit = points.reduce((sum, point) => {
    const { n, y } = point;
    const [one = 1, linear = 0, square = 0] = terms(n);
    return sum + weightOf(point) * (y - a0 * one - a1 * linear - a2 * square) ** 2;
  }, 0);
  return {
    values: [a0, a1 / units[1], a2 / units[2]],
    misfit,
    variance: (matrix[size - 1]?.[2 * size - 1] ?? 0) / units[2] ** 2,
  };
}

const weightOf = ({ y, error }: Point): number => 1 / (y * error) ** 2;

/** Rows of X'WX, the identity beside it, and X'Wy. */
function normalEquations(points: readonly Point[], columns: (n: number) => number[]): number[][] {
  const size = columns(1).length;
  return Array.from({ length: size }, (_, i) => {
    const sum = (value: (x: number[], y: number) => number): number =>
      points.reduce((total, point) => {
        const x = columns(point.n);
        return total + weightOf(point) * (x[i] ?? 0) * value(x, point.y);
      }, 0);
    const left = Array.from({ length: size }, (__, j) => sum((x) => x[j] ?? 0));
    return [...left, ...left.map((__, j) => (i === j ? 1 : 0)), sum((_x, y) => y)];
  });
}

/** Gauss-Jordan: leaves the inverse in the middle columns and the solution in the last; false where there is none. */
function eliminate(matrix: number[][]): boolean {
  for (const [i, pivot] of matrix.entries()) {
    const value = pivot[i] ?? 0;
    if (Math.abs(value) < Number.MIN_VALUE) return false;
    for (let j = 0; j < pivot.length; j++) pivot[j] = (pivot[j] ?? 0) / value;
    for (const [k, row] of matrix.entries()) {
      const factor = row[i] ?? 0;
      if (k === i) continue;
      for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return true;
}
