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
  /** Measured turns of all roles without a 200. */
  readonly errors: ShareSeries;
  /** Turns of all roles and of the whole run without a 200. */
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
  /** Those that are asked for a reply. */
  readonly users: string;
  /** Those that must leave on time and be accepted. */
  readonly all: string;
  readonly scripts: string;
}

export async function readShares(db: Database, { measured, users, all, scripts }: Of): Promise<Shares> {
  const order = 'ORDER BY atMs, conversation, turn, attempt';
  const [good = none, cut = none] = await db.columns(
    `SELECT coalesce(good, false)::INT, (outcome = 'cut')::INT
     FROM turn WHERE ${measured} AND ${users} AND ${scripts} ${order}`,
  );
  const errorsOf = async (condition: string): Promise<ShareSeries> => {
    const [failed = none, cutOff = none] = await db.columns(
      `SELECT (outcome <> 'answered' OR status <> 200)::INT, (outcome = 'cut')::INT
       FROM turn WHERE ${condition} AND ${all} ${order}`,
    );
    return series(failed, sum(failed), sum(failed) - sum(cutOff));
  };
  const [late = none] = await db.columns(
    `SELECT (lateMs > ${LATE_MS})::INT FROM turn WHERE ${measured} AND ${all} ${order}`,
  );
  return {
    errors: await errorsOf(measured),
    allErrors: await errorsOf('attempt = 0'),
    goodput: series(good, sum(good), sum(good) + sum(cut)),
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
