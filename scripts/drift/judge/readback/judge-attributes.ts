import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import type { RunView } from '../run-view.ts';

/** What a turn says of its customer, by which a check knows whose it is. */
interface Customer {
  readonly plan?: unknown;
  readonly number?: number;
}

/** That metadata can be read again is not promised; that another customer's is not shown is. */
export function judgeAttributes(view: RunView): Sighting[] {
  const owners = new Map(
    view.distinct.flatMap(({ id, turns }) =>
      turns.flatMap(({ probe }) => {
        const { metadata } = JSON.parse(probe.step.body ?? '{}') as { metadata?: { user_attributes?: Customer } };
        const number = metadata?.user_attributes?.number;
        return number === undefined ? [] : [[number, id] as const];
      }),
    ),
  );
  return view.shown.flatMap(({ probe, conversation, chain, place }) => {
    const shown = (conversation.userAttributes ?? {}) as Customer;
    if (shown.plan !== 'probe' || (owners.get(shown.number ?? -1) ?? chain) === chain) return [];
    const seen = { place: `${place}/userAttributes`, expected: { of: 'this conversation' } };
    return [sighting({ rule: DRIFT_RULES.foreignAttributes, probe, ...seen })];
  });
}
