import { INTO_REMOVED, REMOVED_AGAIN } from '../plan/lifecycle-steps.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import type { Sighting } from '../sighting.ts';
import { judgeForeignIds } from './judge-foreign-ids.ts';
import { judgeForeignTexts } from './judge-foreign-texts.ts';
import { judgeTitles } from './judge-titles.ts';
import { judgeTransport } from './judge-transport.ts';
import { judgeAgents } from './listing/judge-agents.ts';
import { judgeListings } from './listing/judge-listings.ts';
import { judgeAgreement } from './readback/judge-agreement.ts';
import { judgeAttributes } from './readback/judge-attributes.ts';
import { judgeConversations } from './readback/judge-conversations.ts';
import { judgeLasting } from './readback/judge-lasting.ts';
import { judgeOwnValues } from './readback/judge-own-values.ts';
import { judgeReadback } from './readback/judge-readback.ts';
import { judgeRemovals } from './readback/judge-removals.ts';
import { isRemoval, type RunView } from './run-view.ts';
import { judgeConversationIds } from './turns/judge-id-randomness.ts';
import { judgeTurns } from './turns/judge-turns.ts';

/** Every sighting of a run: of each exchange by itself, then between exchanges that are sound by themselves. */
export function judgeRun(view: RunView): Sighting[] {
  const removals = judgeRemovals(view);
  const reported = new Set(removals.map(({ probe }) => probe.chain.id));
  return [
    ...view.single.filter((one) => !isAftermath(one, view.removed, reported) && !isOfUnknown(one, view.known)),
    ...view.distinct.flatMap((chain) => judgeReadback(chain, view.isSound)),
    ...judgeLasting(view.sound, view.run.plan.graceMs),
    ...judgeTransport(view.run.probes),
    ...judgeTurns(view.run.plan, view.chains),
    ...judgeTitles(view.sound),
    ...judgeForeignIds(view),
    ...judgeForeignTexts(view),
    ...judgeConversationIds(view.sound),
    ...removals,
    ...judgeListings(view),
    ...judgeAgents(view),
    ...judgeAttributes(view),
    ...judgeConversations(view),
    ...judgeOwnValues(view),
    ...judgeAgreement(view),
  ];
}

/** Rules that a conversation breaks when it is gone. */
const OF_WHAT_IS_GONE: readonly string[] = [
  DRIFT_RULES.validRefused.id,
  DRIFT_RULES.errorStatusChanged.id,
  DRIFT_RULES.errorStatusImproved.id,
];

/** Whether a sighting only shows that its conversation is gone, which is reported already. */
function isAftermath({ rule, probe }: Sighting, removed: RunView['removed'], reported: ReadonlySet<number>): boolean {
  // That it is gone is what was asked for: how that is said is a promise of its own.
  const { do: action, kind } = probe.step;
  if (!OF_WHAT_IS_GONE.includes(rule) || action === 'gone' || [INTO_REMOVED, REMOVED_AGAIN].includes(kind))
    return false;
  const at = removed.get(probe.exchange.conversation ?? '');
  // What the first removal was answered with is no aftermath of it.
  if (at === probe.exchange.sentAt && isRemoval(probe.operation)) return false;
  // Requests that were under way side by side may be reported in either order; the removal itself shows no such rule.
  return (at !== undefined && at <= probe.exchange.settledAt) || reported.has(probe.chain.id);
}

/** Whether the removal of many was refused for a conversation that Get has not shown either, which is reported of Get. */
function isOfUnknown({ rule, probe: { operation, exchange } }: Sighting, known: RunView['known']): boolean {
  if (operation !== 'delete-conversations' || rule !== DRIFT_RULES.validRefused.id) return false;
  return exchange.conversation !== undefined && !known.has(exchange.conversation);
}
