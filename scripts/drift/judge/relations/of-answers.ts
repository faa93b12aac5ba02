import { STATUS_CODES } from 'node:http';
import type { Probe } from '../../sighting.ts';
import { agentsIn, type SoundTurn } from '../chain-view.ts';
import { CLOCKS_MS } from '../clocks.ts';
import { beganAt, latestAt, type Page } from '../listing/pages.ts';
import { canonical } from './of-conversations.ts';
import type { Relation } from './relation.ts';

const SECOND_MS = 1_000;

/** Shorter texts are in others by chance. */
const LEAST_TEXT = 20;

/** The replies of one conversation against each other, and against what was asked. */
export function ofReplies(turns: readonly SoundTurn[]): Relation[] {
  return turns.flatMap(({ probe, events: [question, reply] }, index) => {
    if (reply === undefined) return [];
    const [asked, before] = turns[index - 1]?.events ?? [];
    const at = { probe, place: '/responses/200/body/1/message', value: reply.message };
    const differs =
      before === undefined
        ? []
        : [
            {
              name: 'a reply differs from the one before',
              holds: reply.message !== before.message,
              expected: { not: 'the reply before' },
            },
          ];
    const others = [
      ['its question', question],
      ['the question before', asked],
      ['the reply before', before],
    ] as const;
    const without = others.flatMap(([name, other]) => {
      const text = other?.message.trim() ?? '';
      if (text.length < LEAST_TEXT) return [];
      return [{ name: `a reply is without ${name}`, holds: !reply.message.includes(text), expected: { not: name } }];
    });
    return [...differs, ...without].map((one) => ({ ...at, ...one }));
  });
}

/** Times of events against the clock of the check, and what was sent against what was stored. */
export function ofTurns(turns: readonly SoundTurn[]): Relation[] {
  return turns.flatMap(({ probe, events }) => [
    ...events.flatMap(({ createdAt }, index) => ofTime(probe, createdAt, `/responses/200/body/${index}/createdAt`)),
    ...ofSent(probe, events[0]),
  ]);
}

function ofTime(probe: Probe, createdAt: number, place: string): Relation[] {
  const { sentAt, settledAt } = probe.exchange;
  const at = { probe, place, value: createdAt };
  return [
    {
      ...at,
      name: 'createdAt lies within its turn',
      holds: createdAt >= sentAt - CLOCKS_MS && createdAt <= settledAt + CLOCKS_MS,
      expected: { from: sentAt, to: settledAt },
    },
    { ...at, name: 'createdAt has milliseconds', holds: createdAt % SECOND_MS !== 0, expected: { unit: 'ms' } },
  ];
}

/** So many turns have their times at multiples of so much by chance once in a thousand. */
const FOLLOWING = 3;
const COARSE_MS = 10;

/** How finely the clock of the events is told: by all turns together, and by those that follow each other. */
export function ofClock(turns: readonly SoundTurn[]): Relation[] {
  return [...ofTicks(turns), ...ofMilliseconds(turns)];
}

/** So many times have no common measure by chance. */
const LEAST_TIMES = 10;
/** Clocks of some systems tick 64 times a second. */
const TICK_MS = 4;

function ofTicks(turns: readonly SoundTurn[]): Relation[] {
  const first = turns.flatMap(({ probe, events }) => {
    const [event] = events;
    return event === undefined ? [] : [{ probe, at: event.createdAt }];
  });
  if (first.length < LEAST_TIMES) return [];
  const measure = first.reduce((common, { at }) => measureOf(common, Math.abs(at - (first[0]?.at ?? 0))), 0);
  const seen = { place: '/responses/200/body/0/createdAt', expected: { unit: 'ms' } };
  const name = 'times of events have no common measure';
  return first.map(({ probe, at }) => ({ ...seen, probe, name, holds: measure < TICK_MS, value: at }));
}

const measureOf = (a: number, b: number): number => (b === 0 ? a : measureOf(b, a % b));

function ofMilliseconds(turns: readonly SoundTurn[]): Relation[] {
  return turns.slice(FOLLOWING - 1).flatMap(({ probe, events: [first] }, index) => {
    if (first === undefined) return [];
    const others = turns.slice(index, index + FOLLOWING);
    const holds = others.some(({ events: [one] }) => one !== undefined && one.createdAt % COARSE_MS !== 0);
    const at = { probe, place: '/responses/200/body/0/createdAt', value: first.createdAt };
    return [{ ...at, name: 'createdAt is told to the millisecond', holds, expected: { unit: 'ms' } }];
  });
}

/** Ids of the sender's own, where a turn names some. */
function ofSent(probe: Probe, stored: SoundTurn['events'][number] | undefined): Relation[] {
  const sent = JSON.parse(probe.step.body ?? '{}') as { externalId?: string; externalCreatedAt?: number };
  if (stored === undefined || sent.externalId === undefined) return [];
  return (['externalId', 'externalCreatedAt'] as const).map((name) => ({
    probe,
    name: `${name} is the one that was sent`,
    isSure: true,
    place: `/responses/200/body/0/${name}`,
    holds: stored[name] === sent[name],
    expected: { equals: sent[name] ?? null },
    value: stored[name],
  }));
}

/** What a page says of itself. */
export function ofPage(one: Page): Relation[] {
  const { probe, page } = one;
  const { interactions, hasMore, nextCursor, prevCursor } = page;
  const limit = Number(/[?&]limit=(\d+)/.exec(probe.exchange.url)?.[1] ?? Number.NaN);
  const times = interactions.map(latestAt);
  const at = (
    name: string,
    place: string,
    holds: boolean,
    expected: Relation['expected'],
    value: unknown,
  ): Relation => {
    return { probe, name, place: `/listing/${place}`, holds, expected, value };
  };
  const ofOne = (index: number): Pick<Relation, 'subject'> => ({ subject: interactions[index]?.id ?? '' });
  const { length } = interactions;
  const isLimited = hasMore && limit >= 1 && limit <= 100;
  const isFirst = !/[?&]cursor=/.test(probe.exchange.url);
  const order = { order: 'latest message first' };
  const none = { type: 'null' };
  return [
    ...ofContinued(one),
    {
      ...at(`a page for ${probe.step.kind} shows conversations`, 'interactions', length > 0, { minItems: 1 }, length),
      isStored: true,
    },
    ...times.slice(1).map((time, index) => {
      const name = 'a conversation has no later message than the one before it on the page';
      const relation = at(name, `interactions/${index + 1}/createdAt`, time <= (times[index] ?? time), order, time);
      return { ...relation, ...ofOne(index + 1) };
    }),
    ...(isLimited
      ? [at('a page before the last is full', 'interactions', length === limit, { items: limit }, length)]
      : []),
    ...(hasMore ? [] : [at('the last page has no nextCursor', 'nextCursor', !nextCursor, none, nextCursor)]),
    ...(isFirst ? [at('the first page has no prevCursor', 'prevCursor', !prevCursor, none, prevCursor)] : []),
  ];
}

/** Pairs of which one began before the other and got a message after it: the order by the latest message differs from that by beginnings. */
function ofContinued({ probe, page: { interactions } }: Page): Relation[] {
  const times = interactions.slice(0, MOST_COMPARED).map((one) => ({ began: beganAt(one), latest: latestAt(one) }));
  return times.flatMap((one, index) =>
    times.slice(index + 1).flatMap((later, offset) => {
      if ((one.began - later.began) * (one.latest - later.latest) >= 0) return [];
      const place = `/listing/interactions/${index + 1 + offset}/createdAt`;
      const seen = { expected: { order: 'latest message first' }, value: later.latest };
      const name = 'a continued conversation is listed by its latest message';
      return [{ probe, name, place, holds: one.latest >= later.latest, ...seen }];
    }),
  );
}
const MOST_COMPARED = 30;

/** What an error says is its reason, against its status: in letters, whatever stands between them. */
export function ofErrors(probes: readonly Probe[]): Relation[] {
  return probes.flatMap((probe) => {
    const { status, json } = probe.response;
    const { error } = ((json.ok ? json.value : undefined) ?? {}) as { error?: unknown };
    const reason = STATUS_CODES[status];
    if (status < 400 || typeof error !== 'string' || reason === undefined) return [];
    const holds = lettersOf(error) === lettersOf(reason) || !REASONS.has(lettersOf(error));
    const at = { probe, place: `/responses/${status}/body/error`, expected: { equals: reason }, value: error };
    return [{ ...at, name: 'the reason of an error is that of no other status', holds }];
  });
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
const REASONS = new Set(Object.entries(STATUS_CODES).map(([, reason]) => lettersOf(reason ?? '')));

/** The clock of the server, and its agents each time that they are listed. */
export function ofExchanges(probes: readonly Probe[]): Relation[] {
  let before: string | undefined;
  return probes.flatMap((probe): Relation[] => {
    const { headers, settledAt, outcome } = probe.exchange;
    const date = Date.parse(headers.date ?? '');
    const of = outcome === 'answered' && Number.isFinite(date) ? [ofDate(probe, date, settledAt)] : [];
    const listed = probe.step.auth.key === 'main' ? agentsIn(probe) : undefined;
    const agents = listed && canonical(listed);
    if (agents === undefined) return of;
    const holds = agents === (before ?? agents);
    before ??= agents;
    return [
      ...of,
      { probe, name: 'agents are as before', place: '/agents', holds, expected: { equals: 'as listed before' } },
    ];
  });
}

function ofDate(probe: Probe, date: number, settledAt: number): Relation {
  return {
    probe,
    name: 'Date is the time of the answer',
    place: '/responses/*/headers/date',
    holds: Math.abs(date - settledAt) <= CLOCKS_MS,
    expected: { equals: new Date(settledAt).toUTCString() },
    value: probe.exchange.headers.date,
  };
}
