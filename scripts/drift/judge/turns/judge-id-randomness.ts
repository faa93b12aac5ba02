import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import { conversationIn, pageIn, type SoundTurn } from '../chain-view.ts';

/** Fewer ids do not show which digits are random. */
const LEAST_IDS = 16;
/** Of random digits so many times more pairs than a sixteenth are equal hardly ever: with 16 ids in 1 digit of 10^7. */
const UNLIKELY = 3;
/** Digits that an id needs at random: 12 are 48 bits. Version 7 has 18, version 4 has 30. */
const LEAST_RANDOM = 12;
/** Two random ids are alike in so many digits once in 10^12, two of version 7 of the same ms once in 10^7. */
const ALIKE = 25;
const LEAST_PAIRS = 3;
/** Of versions 1 and 6 all but the clock is fixed by design: RFC 9562. */
const BY_DESIGN = /^.{12}[16]/;

/** An id, and the answer that shows it. */
interface ShownId {
  readonly probe: Probe;
  readonly place: string;
  readonly digits: string;
}

const digitsOf = (id: string): string => id.toLowerCase().replaceAll('-', '');

/**
 * Whether ids of events can be guessed: a counter, a time, or one from another. Random ones look so in fewer than one check
 * of 10^9: twelve or more of their digits would have to be unevenly spread at once, or three pairs alike.
 */
export function judgeIdRandomness(turns: readonly SoundTurn[]): Sighting[] {
  return judgeRandomness(
    turns.flatMap(({ probe, events }) =>
      events.map(({ id }, index) => ({ probe, place: `/responses/200/body/${index}/id`, digits: digitsOf(id) })),
    ),
  );
}

/** The same of ids of conversations, in the order in which they were shown first. */
export function judgeConversationIds(probes: readonly Probe[]): Sighting[] {
  const shown = new Map<string, ShownId>();
  for (const probe of probes)
    for (const { id, place } of conversationIds(probe)) {
      const digits = digitsOf(id);
      if (!shown.has(digits)) shown.set(digits, { probe, place, digits });
    }
  return judgeRandomness([...shown.values()]);
}

function conversationIds(probe: Probe): { id: string; place: string }[] {
  const one = conversationIn(probe);
  const listed = pageIn(probe)?.interactions.map(({ id }, index) => ({
    id,
    place: `/responses/200/body/interactions/${index}/id`,
  }));
  return one === undefined ? (listed ?? []) : [{ id: one.id, place: '/responses/200/body/id' }];
}

function judgeRandomness(found: readonly ShownId[]): Sighting[] {
  const ids = found.filter(({ digits }) => !BY_DESIGN.test(digits));
  const distinct = [...new Set(ids.map(({ digits }) => digits))];
  if (distinct.length < LEAST_IDS || !isGuessable(distinct)) return [];
  const expected = { random: `at least ${LEAST_RANDOM} digits` };
  return ids.map(({ probe, place, digits }) =>
    sighting({ rule: DRIFT_RULES.idPredictable, probe, place, expected, value: digits }),
  );
}

function isGuessable(ids: readonly string[]): boolean {
  const random = Array.from({ length: 32 }, (_, place) => place).filter((place) => isSpread(ids, place));
  if (random.length < LEAST_RANDOM) return true;
  const close = ids.filter((id, index) => alike(id, ids[index + 1] ?? '') >= ALIKE);
  return close.length >= LEAST_PAIRS;
}

/** Whether a digit takes its sixteen values about as often as chance has it. */
function isSpread(ids: readonly string[], place: number): boolean {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id.charAt(place), (counts.get(id.charAt(place)) ?? 0) + 1);
  const equal = [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  const pairs = (ids.length * (ids.length - 1)) / 2;
  return equal < (UNLIKELY * pairs) / 16;
}

function alike(a: string, b: string): number {
  let count = 0;
  for (let place = 0; place < a.length; place++) if (a[place] === b[place]) count += 1;
  return count;
}
