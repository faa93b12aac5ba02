import { INTO_REMOVED } from '../../plan/lifecycle-steps.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import { isEnvelope } from '../answer/envelope.ts';
import { isJudged } from '../answer/judge-exchange.ts';
import { type ChainView, conversationIn, pageIn, steps } from '../chain-view.ts';
import { isDone, isOfOthers, isRemoval, type RunView } from '../run-view.ts';

/** Whether removals remove what they name, and nothing else. */
export function judgeRemovals({ run: { plan, probes }, distinct, isSound, started }: RunView): Sighting[] {
  const removals = probes.filter(({ operation }) => isRemoval(operation));
  return plan.chains.flatMap(({ id, phase, steps: planned }) => {
    const of = planned[0]?.of ?? id;
    if (phase !== 3 || !started.has(of)) return [];
    const view = distinct[id];
    return view === undefined ? [] : judgeRemoval(view, distinct[of], isSound, removals);
  });
}

/** What a chain of phase 3 shows of the removal of its subject. */
function judgeRemoval(
  view: ChainView,
  subject: ChainView | undefined,
  isSound: (probe: Probe) => boolean,
  removals: readonly Probe[],
): Sighting[] {
  const groups = steps(view);
  const looksOf = (action: Probe['step']['do']): Probe[] => groups.find((looks) => looks[0]?.step.do === action) ?? [];
  const removal = groups.flat().find(({ operation }) => isRemoval(operation));
  const before = removals.filter((earlier) => isEarlier(earlier, removal));
  if (before.some((earlier) => !isOfOthers(earlier))) return [];
  const still = looksOf('read');
  const reads = still.filter(({ operation }) => operation === 'get-conversation');
  const wasRead = subject?.probes.some((probe) => probe.step.do === 'read' && conversationIn(probe) !== undefined);
  if (wasRead && reads.length > 0 && reads.every(isNotFound)) return judgeGoneBefore(still, removal, before);
  // A removal that the service did not answer well promises nothing.
  if (removal === undefined || !isDone(removal) || !isSound(removal)) return [];
  const gone = groups.filter((looks) => looks[0]?.step.do === 'gone').flatMap((looks) => looks.at(-1) ?? []);
  const turn = groups.flat().find(({ step }) => step.kind === INTO_REMOVED);
  return [...gone.flatMap((last) => judgeGone(last, isSound)), ...(turn === undefined ? [] : judgeTurn(turn))];
}

/**
 * A conversation that was read once, and that Get refuses before its own removal. Get may refuse what is there, now and then;
 * then the listing still shows it, or the removal says that there was none.
 */
function judgeGoneBefore(still: readonly Probe[], removal: Probe | undefined, ofOthers: readonly Probe[]): Sighting[] {
  const probe = still.filter(({ operation }) => operation === 'get-conversation').at(-1);
  const pages = still.flatMap((look) => pageIn(look) ?? []);
  const isListed = pages.some(({ interactions }) => interactions.some(({ id }) => id === probe?.exchange.conversation));
  const isGone = pages.length > 0 ? !isListed : removal !== undefined && isNotFound(removal);
  if (probe === undefined || !isGone) return [];
  if (ofOthers.length > 0) {
    const seen = { expected: { removed: 'nothing' }, value: 'removed with the key of another workspace' };
    return [sighting({ rule: DRIFT_RULES.accessGranted, probe, place: '/removal/foreign', ...seen })];
  }
  const seen = { place: '/removal/other', expected: { removed: 'nothing else' }, value: 'removed with another' };
  return [sighting({ rule: DRIFT_RULES.beyondTarget, probe, ...seen })];
}

/** The last look for a conversation that was removed. */
function judgeGone(probe: Probe, isSound: (probe: Probe) => boolean): Sighting[] {
  if (!isJudged(probe) || !isSuccess(probe)) return [];
  const { statuses, condition } = probe.step.expect;
  if (conversationIn(probe) !== undefined) {
    const seen = { place: '/removal/get/status', expected: { enum: [500, 404] }, value: 200 };
    return [sighting({ rule: DRIFT_RULES.useAfterFree, probe, ...seen })];
  }
  // An error under a success status is a sighting of its own.
  if (!isSound(probe)) return [];
  const seen = { place: `/responses/${condition}/status`, expected: { enum: statuses }, value: probe.exchange.status };
  return [sighting({ rule: DRIFT_RULES.invalidAccepted, probe, ...seen })];
}

/** A turn that goes on with a conversation that is gone. */
function judgeTurn(probe: Probe): Sighting[] {
  if (!isSuccess(probe) || isEnvelope(probe.response.json)) return [];
  const seen = { place: '/removal/turn/status', expected: { enum: [500, 404] }, value: probe.exchange.status };
  return [sighting({ rule: DRIFT_RULES.useAfterFree, probe, ...seen })];
}

/** As the reference answers what is not there, and as others do. */
export const isNotFound = ({ exchange: { status } }: Probe): boolean => status === 404 || status === 500;

/** Whether an earlier request was answered as if it had removed the same conversation. */
function isEarlier(earlier: Probe, removal: Probe | undefined): boolean {
  return (
    removal !== undefined &&
    earlier.index < removal.index &&
    earlier.exchange.conversation === removal.exchange.conversation &&
    isSuccess(earlier)
  );
}

const isSuccess = ({ exchange: { status } }: Probe): boolean => status >= 200 && status < 300;
