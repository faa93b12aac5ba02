import { designEffect } from '../../foundation/statistics/design-effect.ts';
import type { Database } from '../../ledger/database.ts';

/** A share of turns in time order, told apart by how cut turns are counted. */
export interface ShareSeries {
  readonly n: number;
  readonly deff: number;
  /** Turns of which it holds, were every cut turn the worst / the best that it can be. */
  readonly worst: number;
  readonly best: number;
}

export interface Shares {
  /** Measured user turns without a 200. */
  readonly errors: ShareSeries;
  /** User turns of the whole run without a 200. */
  readonly allErrors: ShareSeries;
  /** Measured user turns answered in time with 200 and without a failing violation. */
  readonly goodput: ShareSeries;
  /** Measured turns of all roles that left more than 50 ms late. */
  readonly late: ShareSeries;
}

/** A turn that starts later than this after its intended start is late: the generator's fault. */
export const LATE_MS = 50;

/** SQL conditions of the turns that shares are of. */
interface Of {
  /** Turns that decide. */
  readonly measured: string;
  /** Those that are asked for an answer. */
  readonly users: string;
  /** Those that must leave on time. */
  readonly all: string;
  readonly scripts: string;
}

export async function readShares(db: Database, { measured, users, all, scripts }: Of): Promise<Shares> {
  const order = 'ORDER BY atMs, conversation, turn, attempt';
  const [failed = none, good = none, cut = none] = await db.columns(
    `SELECT (outcome <> 'answered' OR status <> 200)::INT, coalesce(good, false)::INT, (outcome = 'cut')::INT
     FROM turn WHERE ${measured} AND ${users} AND ${scripts} ${order}`,
  );
  const [failedAtAll = none, cutAtAll = none] = await db.columns(
    `SELECT (outcome <> 'answered' OR status <> 200)::INT, (outcome = 'cut')::INT
     FROM turn WHERE attempt = 0 AND ${users} AND ${scripts} ${order}`,
  );
  const [late = none] = await db.columns(
    `SELECT (lateMs > ${LATE_MS})::INT FROM turn WHERE ${measured} AND ${all} ${order}`,
  );
  const cuts = sum(cut);
  return {
    errors: series(failed, sum(failed), sum(failed) - cuts),
    allErrors: series(failedAtAll, sum(failedAtAll), sum(failedAtAll) - sum(cutAtAll)),
    goodput: series(good, sum(good), sum(good) + cuts),
    late: series(late, sum(late), sum(late)),
  };
}

const none = new Float64Array();

function series(indicator: Float64Array, worst: number, best: number): ShareSeries {
  return { n: indicator.length, deff: designEffect(indicator), worst, best };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
