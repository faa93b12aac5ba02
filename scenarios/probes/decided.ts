import { check } from '../../contracts/check.ts';
import type { Exchange } from '../../contracts/generated/drift-ledger.ts';
import type { ProbeTurn } from '../../contracts/generated/drift-plan.ts';
import { turnResponse } from '../../contracts/response.ts';
import { kindOf } from '../../contracts/status.ts';

/** So many turns show what every answer shows: a smoke check sends no more. */
const ENOUGH = 12;
const DECIDING = ['critical', 'breaking'];

/** Whether paid turns have told by now what further ones would tell. */
export interface Decision {
  readonly add: (turn: ProbeTurn, exchange: Exchange) => void;
  readonly isDecided: () => boolean;
}

/** Decided: each of the first turns that were answered broke the contract in the same way, or was refused with the same status. */
export function decision(): Decision {
  let answered = 0;
  let common: ReadonlySet<string> | undefined;
  return {
    add: (turn, exchange) => {
      const { outcome, status } = exchange;
      if (outcome !== 'answered' || kindOf(status) === 'outage' || answered >= ENOUGH) return;
      answered += 1;
      const kinds = status === 200 ? breachesOf(turn, exchange) : [`status ${status}`];
      common = new Set(common === undefined ? kinds : kinds.filter((kind) => common?.has(kind)));
    },
    isDecided: () => answered >= ENOUGH && (common?.size ?? 0) > 0,
  };
}

function breachesOf(turn: ProbeTurn, { status, headers, body, sentAt, settledAt }: Exchange): string[] {
  const broken = check({ ...turn, sentAt, settledAt }, turnResponse(status, headers, body));
  return broken.flatMap((one) => (DECIDING.includes(one.class) ? [`${one.rule} ${one.template}`] : []));
}
