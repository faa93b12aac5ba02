import type { Event } from '../../../contracts/generated/event.ts';
import { DRIFT_RULES, sighting } from '../rules.ts';
import type { Probe, Sighting } from '../sighting.ts';
import { type ChainView, conversationIn, pageIn, type SoundTurn, steps } from './chain-view.ts';
import { isJudged } from './judge-exchange.ts';

/** What was answered and what is read back of it, within one chain. */
export function judgeStorage(view: ChainView, isSound: (probe: Probe) => boolean): Sighting[] {
  if (!view.allSound) return [];
  return steps(view).flatMap((looks) => {
    const action = looks[0]?.step.do;
    if (!looks.every((look) => isJudged(look) && isSound(look))) return [];
    if (action === 'find') return judgeFind(view, looks);
    return action === 'read' ? judgeRead(view, looks) : [];
  });
}

/** What Get has shown of a conversation it goes on showing, once replicas had `graceMs` to agree. */
export function judgeLasting(reads: readonly Probe[], graceMs: number): Sighting[] {
  const seen = new Map<string, Map<string, number>>();
  return reads.flatMap((probe) => {
    // What was removed need not last.
    const isLasting = probe.operation === 'get-conversation' && probe.step.do !== 'gone';
    const conversation = isLasting ? conversationIn(probe) : undefined;
    if (conversation === undefined) return [];
    const known = seen.get(conversation.id) ?? new Map<string, number>();
    seen.set(conversation.id, known);
    const shown = new Set(conversation.events.map(({ id }) => id));
    const { sentAt, settledAt } = probe.exchange;
    const lost = [...known].find(([id, since]) => !shown.has(id) && sentAt - since >= graceMs)?.[0];
    for (const id of shown) if (!known.has(id)) known.set(id, settledAt);
    if (lost === undefined) return [];
    const place = `/readback/events/${shown.size}`;
    return [sighting(DRIFT_RULES.persistence, probe, place, { includes: lost }, undefined, '/readback/events/*')];
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
  const last = looks[looks.length - 1];
  const turn = first && before(view, first).at(-1);
  if (last === undefined || turn === undefined) return [];
  const ids = turn.events.map(({ id }) => id);
  const listed = looks.flatMap((look) =>
    (pageIn(look)?.interactions ?? []).filter(({ events }) => events.some(({ id }) => ids.includes(id))),
  );
  const shown = listed[listed.length - 1]?.events.map(({ id }) => id);
  const lost = turn.events.find(({ id }) => shown?.includes(id) === false);
  if (shown !== undefined && lost === undefined) return [];
  if (lost !== undefined) {
    const expected = { includes: `${lost.role} event` };
    return [sighting(DRIFT_RULES.listedOtherwise, last, '/listing/interactions/*/events/*', expected, undefined)];
  }
  return [
    sighting(DRIFT_RULES.notListed, last, '/listing/interactions/*/events/*/id', { includes: ids[0] ?? '' }, undefined),
  ];
}

function judgeRead(view: ChainView, looks: readonly Probe[]): Sighting[] {
  const reads = looks.filter(({ operation }) => operation === 'get-conversation');
  const last = reads[reads.length - 1];
  const conversation = last && conversationIn(last);
  if (last === undefined || conversation === undefined) return [];
  if (conversation.id !== last.exchange.conversation) {
    return [
      sighting(
        DRIFT_RULES.readbackOther,
        last,
        '/readback/id',
        { const: last.exchange.conversation ?? '' },
        conversation.id,
      ),
    ];
  }
  const turns = before(view, last);
  return [...judgeMissing(last, turns, conversation.events, looks), ...judgePresent(last, turns, conversation.events)];
}

/** Events that were answered and are not there: stored in another conversation, or nowhere. */
function judgeMissing(
  last: Probe,
  turns: readonly SoundTurn[],
  stored: readonly Event[],
  looks: readonly Probe[],
): Sighting[] {
  const has = (id: string): boolean => stored.some((event) => event.id === id);
  const turn = turns.find(({ events }) => events.some(({ id }) => !has(id)));
  if (turn === undefined) return [];
  const missing = turn.events.find(({ id }) => !has(id));
  const elsewhere = looks.some((look) =>
    pageIn(look)?.interactions.some(
      ({ id, events }) => id !== last.exchange.conversation && events.some((event) => event.id === missing?.id),
    ),
  );
  if (elsewhere && turn.probe.step.turn?.continued === true) {
    return [
      sighting(
        DRIFT_RULES.continuationIgnored,
        last,
        '/sequence/1→2/interactionId',
        { const: last.exchange.conversation ?? '' },
        'another conversation',
      ),
    ];
  }
  const place = `/readback/events/${stored.length}`;
  return [
    sighting(
      DRIFT_RULES.persistence,
      last,
      place,
      { includes: `${missing?.role} event` },
      undefined,
      '/readback/events/*',
    ),
  ];
}

/** What is stored of an event once, and stays. */
const KEPT = ['message', 'createdAt', 'role', 'type', 'usedArticles'] as const;

type Kept = (typeof KEPT)[number];

/** The first kept property that is shown otherwise than it was answered. */
export function alteredIn(answered: Event, shown: Event): Kept | undefined {
  return KEPT.find((property) => isAltered(answered, shown, property));
}

/** What happened to articles since, their titles or links, is theirs; a reply goes on naming those that it drew on. */
function isAltered(answered: Event, shown: Event, property: Kept): boolean {
  if (property !== 'usedArticles') return shown[property] !== answered[property];
  const named = new Set(shown.usedArticles.map(({ id }) => id));
  return answered.usedArticles.some(({ id }) => !named.has(id));
}

function judgePresent(last: Probe, turns: readonly SoundTurn[], stored: readonly Event[]): Sighting[] {
  const answered = turns.flatMap(({ events }) => events);
  const altered = KEPT.flatMap((property) => {
    const event = answered.find((one) => {
      const read = stored.find(({ id }) => id === one.id);
      return read !== undefined && isAltered(one, read, property);
    });
    if (event === undefined) return [];
    const index = stored.findIndex(({ id }) => id === event.id);
    const expected = { equals: textOf(event[property]) };
    return [
      sighting(
        DRIFT_RULES.readbackAltered,
        last,
        `/readback/events/${index}/${property}`,
        expected,
        stored[index]?.[property],
        `/readback/events/*/${property}`,
      ),
    ];
  });
  if (altered.length > 0) return altered.slice(0, 1);
  return [...judgeOrder(last, turns, stored), ...judgeDuplicates(last, answered, stored)];
}

/** As a sample: of articles their titles. */
export function textOf(value: Event[Kept]): string {
  const text = Array.isArray(value) ? value.map(({ title }) => title).join(', ') : String(value);
  return text.slice(0, 80);
}

function judgeOrder(last: Probe, turns: readonly SoundTurn[], stored: readonly Event[]): Sighting[] {
  const places = turns.flatMap(({ events }) => events).map(({ id }) => stored.findIndex((event) => event.id === id));
  const present = places.filter((place) => place >= 0);
  const isOrdered = present.every((place, index) => index === 0 || place > (present[index - 1] ?? -1));
  if (isOrdered) return [];
  return [
    sighting(
      DRIFT_RULES.readbackOrder,
      last,
      '/readback/events',
      { order: 'as answered' },
      stored.map(({ role }) => role),
    ),
  ];
}

function judgeDuplicates(last: Probe, answered: readonly Event[], stored: readonly Event[]): Sighting[] {
  const ids = new Set(answered.map(({ id }) => id));
  // Where the event itself is not there, another id of it is no copy.
  const present = answered.filter((event) => stored.some(({ id }) => id === event.id));
  const seen = new Set<string>();
  const index = stored.findIndex(({ id, role, message }) => {
    const isAgain = seen.has(id);
    seen.add(id);
    const isCopy = !ids.has(id) && present.some((event) => event.role === role && event.message === message);
    return isAgain || isCopy;
  });
  if (index < 0) return [];
  return [
    sighting(
      DRIFT_RULES.readbackDuplicate,
      last,
      `/readback/events/${index}`,
      { stored: 'once' },
      stored[index]?.message,
      '/readback/events/*',
    ),
  ];
}
