import { DRIFT_RULES, sighting } from '../rules.ts';
import type { Probe, Sighting } from '../sighting.ts';
import { type ChainView, conversationIn, steps } from './chain-view.ts';
import type { DriftRun } from './drift-run.ts';
import { isJudged } from './judge-exchange.ts';

export function isRemoval(operation: Probe['operation']): boolean {
  return operation === 'delete-conversation' || operation === 'delete-conversations';
}

/** Whether removals remove what they name, and nothing else. `started`: the conversation that each chain is known to have begun. */
export function judgeRemovals(
  { plan, probes }: DriftRun,
  views: readonly ChainView[],
  isSound: (probe: Probe) => boolean,
  started: ReadonlyMap<number, string>,
): Sighting[] {
  const removals = probes.filter(({ operation }) => isRemoval(operation));
  return plan.chains.flatMap(({ id, phase, steps: planned }) => {
    const of = planned[0]?.of ?? id;
    if (phase !== 3 || !started.has(of)) return [];
    const view = views[id];
    return view === undefined ? [] : judgeRemoval(view, views[of], isSound, removals);
  });
}

function judgeRemoval(
  view: ChainView,
  subject: ChainView | undefined,
  isSound: (probe: Probe) => boolean,
  removals: readonly Probe[],
): Sighting[] {
  const groups = steps(view);
  const still = groups.find((looks) => looks[0]?.step.do === 'read') ?? [];
  const removal = groups.flat().find(({ operation }) => isRemoval(operation));
  const gone = groups.find((looks) => looks[0]?.step.do === 'gone') ?? [];
  const wasRead =
    subject?.probes.some((probe) => probe.step.do === 'read' && conversationIn(probe) !== undefined) === true;
  const reads = still.filter(({ operation }) => operation === 'get-conversation');
  const lastRead = reads[reads.length - 1];
  const refused = [404, 500];
  if (isRemovedBefore(removal, removals)) return [];
  if (lastRead !== undefined && wasRead && reads.every(({ exchange: { status } }) => refused.includes(status))) {
    // Get may refuse what is there, now and then; then the removal still finds it.
    if (removal !== undefined && refused.includes(removal.exchange.status)) {
      return [
        sighting(
          DRIFT_RULES.beyondTarget,
          lastRead,
          '/removal/other',
          { removed: 'nothing else' },
          'removed with another',
        ),
      ];
    }
    return [];
  }
  const lastGone = gone[gone.length - 1];
  // A removal that the service did not answer well promises nothing.
  if (removal === undefined || !isSuccess(removal) || !isSound(removal)) return [];
  if (lastGone === undefined || !isJudged(lastGone) || !isSuccess(lastGone)) return [];
  if (conversationIn(lastGone) === undefined) {
    // An error under a success status has been told by itself.
    if (!isSound(lastGone)) return [];
    const { statuses, condition } = lastGone.step.expect;
    const place = `/responses/${condition}/status`;
    return [sighting(DRIFT_RULES.invalidAccepted, lastGone, place, { enum: statuses }, lastGone.exchange.status)];
  }
  return [sighting(DRIFT_RULES.useAfterFree, lastGone, '/removal/get/status', { enum: [500, 404] }, 200)];
}

/** Whether an earlier request, of whatever key, removed the same conversation. */
function isRemovedBefore(removal: Probe | undefined, removals: readonly Probe[]): boolean {
  return removals.some(
    (earlier) =>
      removal !== undefined &&
      earlier.index < removal.index &&
      earlier.exchange.conversation === removal.exchange.conversation &&
      isSuccess(earlier),
  );
}

const isSuccess = ({ exchange: { status } }: Probe): boolean => status >= 200 && status < 300;
