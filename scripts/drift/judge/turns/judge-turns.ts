import type { DriftPlan } from '../../../../contracts/generated/drift-plan.ts';
import type { Sighting } from '../../sighting.ts';
import type { ChainView } from '../chain-view.ts';
import { judgeClock } from './judge-clock.ts';
import { judgeCut } from './judge-cut.ts';
import { judgeGreetings } from './judge-greetings.ts';
import { judgeIdRandomness } from './judge-id-randomness.ts';
import { judgeIds } from './judge-ids.ts';
import { judgeRecall } from './judge-recall.ts';
import { judgeSameness } from './judge-sameness.ts';
import { judgeWrapped } from './judge-wrapped.ts';

/** All sound turns against each other: ids, clock, and what the replies say. */
export function judgeTurns(plan: DriftPlan, views: readonly ChainView[]): Sighting[] {
  const turns = views.flatMap((view) => view.turns).sort((a, b) => a.probe.index - b.probe.index);
  return [
    ...judgeIds(turns),
    ...judgeIdRandomness(turns),
    ...judgeClock(turns, views),
    ...judgeSameness(turns),
    ...judgeCut(turns),
    ...judgeGreetings(turns),
    ...judgeWrapped(turns),
    ...judgeRecall(plan, turns),
  ];
}
