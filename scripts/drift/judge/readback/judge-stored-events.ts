import type { Event } from '../../../../contracts/generated/event.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import type { SoundTurn } from '../chain-view.ts';
import { isAltered, LASTING, textOf } from './alteration.ts';

/** The events that Get shows of turns, one by one: as they were answered, in their order, and once. */
export function judgeStoredEvents(probe: Probe, turns: readonly SoundTurn[], stored: readonly Event[]): Sighting[] {
  const answered = turns.flatMap(({ events }) => events);
  const altered = judgeAltered(probe, answered, stored);
  if (altered.length > 0) return altered.slice(0, 1);
  return [...judgeOrder(probe, answered, stored), ...judgeDuplicates(probe, answered, stored)];
}

function judgeAltered(probe: Probe, answered: readonly Event[], stored: readonly Event[]): Sighting[] {
  return LASTING.flatMap((property) => {
    const event = answered.find((one) => {
      const read = stored.find(({ id }) => id === one.id);
      return read !== undefined && isAltered(one, read, property);
    });
    if (event === undefined) return [];
    const index = stored.findIndex(({ id }) => id === event.id);
    const seen = { expected: { equals: textOf(event[property]) }, value: stored[index]?.[property] };
    return [
      sighting({ rule: DRIFT_RULES.readbackAltered, probe, place: `/readback/events/${index}/${property}`, ...seen }),
    ];
  });
}

function judgeOrder(probe: Probe, answered: readonly Event[], stored: readonly Event[]): Sighting[] {
  const places = answered.map(({ id }) => stored.findIndex((event) => event.id === id));
  const present = places.filter((place) => place >= 0);
  const isOrdered = present.every((place, index) => index === 0 || place > (present[index - 1] ?? -1));
  if (isOrdered) return [];
  const seen = { expected: { order: 'as answered' }, value: stored.map(({ role }) => role) };
  return [sighting({ rule: DRIFT_RULES.readbackOrder, probe, place: '/readback/events', ...seen })];
}

function judgeDuplicates(probe: Probe, answered: readonly Event[], stored: readonly Event[]): Sighting[] {
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
  const copy = { place: `/readback/events/${index}`, expected: { stored: 'once' }, value: stored[index]?.message };
  return [sighting({ rule: DRIFT_RULES.readbackDuplicate, probe, ...copy })];
}
