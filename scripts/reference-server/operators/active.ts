import type { Role } from '../event.ts';
import type { Route } from '../exchange.ts';
import { draw, fingerprint, STREAM } from '../random.ts';
import type { Operator } from './operator.ts';

/** An operator that is switched on, and how far. */
export interface ActiveOperator {
  readonly operator: Operator;
  /** Share of the exchanges that it changes. */
  readonly rate: number;
  /** Undefined: any. */
  readonly roles?: readonly Role[] | undefined;
  /** Undefined: any. */
  readonly routes?: readonly Route[] | undefined;
}

/** The operators that chance gives to the `number`-th exchange of a route; each has a stream of its own. */
export function drawOperators(
  active: readonly ActiveOperator[],
  seed: number,
  route: Route,
  number: number,
): readonly ActiveOperator[] {
  if (active.length === 0) return active;
  const place = fingerprint(route);
  return active.filter(({ operator, rate, routes }) => {
    if (routes !== undefined && !routes.includes(route)) return false;
    return rate >= 1 || draw(seed, STREAM.operators, fingerprint(operator.id), place, number) < rate;
  });
}
