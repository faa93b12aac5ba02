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
  const [turns] = await db.columns<[Uint8Array]>(
    `SELECT (${bit('measured')} * ${measured}::INT + ${bit('asked')} * (${users} AND ${scripts})::INT
       + ${bit('failed')} * (outcome <> 'answered' OR status <> 200)::INT + ${bit('cut')} * (outcome = 'cut')::INT
       + ${bit('good')} * coalesce(good, false)::INT + ${bit('late')} * (lateMs > ${LATE_MS})::INT)::UTINYINT
     FROM turn WHERE attempt = 0 AND ${all}`,
  );
  const errors = (mask: number): ShareSeries => {
    const [failed, cut] = [indicator(turns, mask, bit('failed')), indicator(turns, mask, bit('cut'))];
    return series(failed, sum(failed), sum(failed) - sum(cut));
  };
  const asked = bit('measured') + bit('asked');
  const good = indicator(turns, asked, bit('good'));
  const late = indicator(turns, bit('measured'), bit('late'));
  return {
    errors: errors(bit('measured')),
    allErrors: errors(0),
    goodput: series(good, sum(good), sum(good) + sum(indicator(turns, asked, bit('cut')))),
    late: series(late, sum(late), sum(late)),
  };
}

/** What is known of a turn, in one byte: read once for all shares. */
const BITS = ['measured', 'asked', 'failed', 'cut', 'good', 'late'] as const;
const bit = (name: (typeof BITS)[number]): number => 1 << BITS.indexOf(name);

/** Of the turns that have all bits of `mask`, in their order: 1 for each that has `wanted`. */
function indicator(turns: Uint8Array, mask: number, wanted: number): Uint8Array {
  const found = new Uint8Array(turns.length);
  let n = 0;
  for (let i = 0; i < turns.length; i++) {
    const turn = turns[i] ?? 0;
    if ((turn & mask) !== mask) continue;
    found[n] = (turn & wanted) === wanted ? 1 : 0;
    n += 1;
  }
  return found.subarray(0, n);
}

function series(values: Uint8Array, worst: number, best: number): ShareSeries {
  return { n: values.length, deff: designEffect(values), worst, best };
}

function sum(values: Uint8Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] ?? 0;
  return total;
}
