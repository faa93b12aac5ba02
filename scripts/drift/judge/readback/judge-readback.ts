import type { Event } from '../../../../contracts/generated/event.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import { isJudged } from '../answer/judge-exchange.ts';
import { type ChainView, conversationIn, pageIn, type SoundTurn, steps } from '../chain-view.ts';
import { judgeStoredEvents } from './judge-stored-events.ts';

/** What is found and read back of a chain's turns, against what they were answered with. */
export function judgeReadback(view: ChainView, isSound: (probe: Probe) => boolean): Sighting[] {
  if (!view.allSound) return [];
  return steps(view).flatMap((looks) => {
    const action = looks[0]?.step.do;
    if (!looks.every((look) => isJudged(look) && isSound(look))) return [];
    if (action === 'find') return judgeFind(view, looks);
    return action === 'read' ? judgeRead(view, looks) : [];
  });
}

/** Whether a turn was seen at a later look only. */
export function visibleLate(view: ChainView): number {
  return steps(view).filter(
    (looks) => looks[0]?.step.do === 'read' && (looks[looks.length - 1]?.exchange.look ?? 0) > 0,
  ).length;
}

/** The turns that a step can know of. */
function before({ turns }: ChainView, { exchange }: Probe): SoundTurn[] {
  return turns.filter(({ probe }) => probe.exchange.step < exchange.step);
}

function judgeFind(view: ChainView, looks: readonly Probe[]): Sighting[] {
  const [first] = looks;
  const probe = looks[looks.length - 1];
  const turn = first && before(view, first).at(-1);
  if (probe === undefined || turn === undefined) return [];
  const ids = turn.events.map(({ id }) => id);
  const listed = looks.flatMap((look) =>
    (pageIn(look)?.interactions ?? []).filter(({ events }) => events.some(({ id }) => ids.includes(id))),
  );
  const shown = listed[listed.length - 1]?.events.map(({ id }) => id);
  const lost = turn.events.find(({ id }) => shown?.includes(id) === false);
  if (lost !== undefined) {
    const seen = { place: '/listing/interactions/*/events/*', expected: { includes: `${lost.role} event` } };
    return [sighting({ rule: DRIFT_RULES.listedOtherwise, probe, ...seen })];
  }
  if (shown !== undefined) return [];
  const seen = { place: '/listing/interactions/*/events/*/id', expected: { includes: ids[0] ?? '' } };
  return [sighting({ rule: DRIFT_RULES.notListed, probe, ...seen })];
}

function judgeRead(view: ChainView, looks: readonly Probe[]): Sighting[] {
  const reads = looks.filter(({ operation }) => operation === 'get-conversation');
  const probe = reads[reads.length - 1];
  const conversation = probe && conversationIn(probe);
  if (probe === undefined || conversation === undefined) return [];
  if (conversation.id !== probe.exchange.conversation) {
    const expected = { const: probe.exchange.conversation ?? '' };
    const own = new Set(view.turns.flatMap(({ events }) => events.map(({ id }) => id)));
    const isForeign = conversation.events.length > 0 && conversation.events.every(({ id }) => !own.has(id));
    const rule = isForeign ? DRIFT_RULES.foreignEvents : DRIFT_RULES.readbackOther;
    return [sighting({ rule, probe, place: '/readback/id', expected, value: conversation.id })];
  }
  const turns = before(view, probe);
  return [
    ...judgeMissing(probe, turns, conversation.events, looks),
    ...judgeStoredEvents(probe, turns, conversation.events),
  ];
}

/** Events that were answered and are not there: stored in another conversation, or nowhere. */
function judgeMissing(
  probe: Probe,
  turns: readonly SoundTurn[],
  stored: readonly Event[],
  looks: readonly Probe[],
): Sighting[] {
  const has = (id: string): boolean => stored.some((event) => event.id === id);
  const turn = turns.find(({ events }) => events.some(({ id }) => !has(id)));
  if (turn === undefined) return [];
  const missing = turn.events.find(({ id }) => !has(id));
  const { conversation = '' } = probe.exchange;
  const elsewhere = looks.some((look) =>
    pageIn(look)?.interactions.some(
      ({ id, events }) => id !== conversation && events.some((event) => event.id === missing?.id),
    ),
  );
  if (elsewhere && turn.probe.step.turn?.continued === true) {
    const seen = { expected: { const: conversation }, value: 'another conversation' };
    return [sighting({ rule: DRIFT_RULES.continuationIgnored, probe, place: '/sequence/1→2/interactionId', ...seen })];
  }
  const place = `/readback/events/${stored.length}`;
  return [sighting({ rule: DRIFT_RULES.persistence, probe, place, expected: { includes: `${missing?.role} event` } })];
}
