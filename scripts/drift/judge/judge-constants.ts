import type { DriftBaseline } from '../../../contracts/generated/drift-baseline.ts';
import type { Event } from '../../../contracts/generated/event.ts';
import { hashesIn, hashOf, joinedHashes } from '../baseline/hashes.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../sighting.ts';
import { agentsIn } from './chain-view.ts';
import { shownEvents } from './shown-events.ts';

const LEAST_BASELINES = 3;
/** Of one or two somebody may have changed the name; hardly of all at once. When an agent was created nobody changes. */
const LEAST_IDS = { title: 3, documentUrl: 3, name: 2, createdAt: 1, question: 3 } as const;
const NEARLY_ALL = 0.9;
/** So many of these have what belongs to another known one: hardly anybody exchanges the values of two by hand. */
const LEAST_MIXED = 2;
const SHARE_MIXED = 0.3;
/** Of what is null. */
const NONE = '';
/** Of questions some have the same answer. */
const MOST = 0.6;

type Name = keyof typeof LEAST_IDS;

/** A value that belongs to an id, from one check to the next: the title and the address of an article, the name of an agent and when it was created; and an article to the question of a check that it answers. */
export interface Constant {
  readonly probe: Probe;
  readonly place: string;
  readonly name: Name;
  readonly id: string;
  readonly value: string;
}

export function constantsOf(sound: readonly Probe[]): readonly Constant[] {
  return sound.flatMap((probe) => [
    // What a listing shows is compared with the answer to its turn: it shows the same many times.
    ...(probe.operation === 'list-conversations' ? [] : shownEvents(probe).flatMap((one) => ofArticles(probe, one))),
    ...ofQuestion(probe),
    ...ofAgents(probe),
  ]);
}

function ofArticles(probe: Probe, { event: { usedArticles }, place }: { event: Event; place: string }): Constant[] {
  return usedArticles.flatMap(({ id, title, documentUrl }, at) => {
    const of = (name: Name, value: string): Constant => {
      return { probe, place: `${place}/usedArticles/${at}/${name}`, name, id, value };
    };
    return [of('title', title), of('documentUrl', documentUrl ?? NONE)];
  });
}

/** Without its reference and its numbers, which differ from check to check. */
function ofQuestion(probe: Probe): Constant[] {
  const { turn } = probe.step;
  const reply = turn?.role === 'user' ? probe.response.events?.[1] : undefined;
  if (turn === undefined || reply === undefined) return [];
  const asked = turn.content
    .replace(/\[ref:[^\]]*\]/g, '')
    .replace(/\d+/g, '0')
    .trim();
  const place = '/responses/200/body/1/usedArticles';
  return reply.usedArticles.map(({ id: value }) => ({ probe, place, name: 'question', id: asked, value }));
}

function ofAgents(probe: Probe): Constant[] {
  return (agentsIn(probe) ?? []).flatMap(({ id, name, createdAt }, at) => {
    const of = (property: 'name' | 'createdAt', value: string): Constant => {
      return { probe, place: `/responses/200/body/${at}/${property}`, name: property, id, value };
    };
    return [of('name', name), of('createdAt', String(Date.parse(createdAt)))];
  });
}

const idOf = ({ name, id }: Pick<Constant, 'name' | 'id'>): string => `${name} ${id}`;
const textOf = (one: Constant): string => `${idOf(one)} ${one.value}`;

/** As a baseline keeps them: which ids had a value, and which value. */
export const keptConstants = (constants: readonly Constant[]): string =>
  joinedHashes(constants.flatMap((one) => [idOf(one), textOf(one)]));

/** An article that no accepted run named, and that nearly all questions of any are answered with now. */
function judgeAdded(constants: readonly Constant[], isKnown: (text: string) => boolean): Sighting[] {
  const named = constants.filter(({ name }) => name === 'question');
  const questions = new Set(named.map(({ id }) => id)).size;
  const times = new Map<string, Set<string>>();
  for (const { id, value } of named) times.set(value, (times.get(value) ?? new Set()).add(id));
  const isAdded = ({ value }: Constant): boolean =>
    (times.get(value)?.size ?? 0) >= Math.max(LEAST_IDS.question, NEARLY_ALL * questions) &&
    !isKnown(idOf({ name: 'title', id: value }));
  return named
    .filter(isAdded)
    .map(({ probe, place, value }) =>
      sighting({ rule: DRIFT_RULES.wordReplaced, probe, place, expected: { not: 'the same in each' }, value }),
    );
}

interface Compared {
  readonly ids: ReadonlySet<string>;
  /** Those that have the value that they had. */
  readonly same: ReadonlySet<string>;
  readonly isKnown: (text: string) => boolean;
}

/** Whether many ids have the value of another one: an article the address of the next. */
function isMixedUp(own: readonly Constant[], { ids, same, isKnown }: Compared): boolean {
  const changed = own.filter(({ id, name }) => !same.has(id) && name !== 'question');
  const mixed = changed.filter((one) => [...ids].some((id) => id !== one.id && isKnown(textOf({ ...one, id }))));
  const count = new Set(mixed.map(({ id }) => id)).size;
  return count >= LEAST_MIXED && count >= SHARE_MIXED * ids.size;
}

/** Values that are new for nearly all ids that the accepted runs knew. */
export function judgeConstants(
  constants: readonly Constant[],
  baselines: readonly Partial<Pick<DriftBaseline, 'constants'>>[],
): Sighting[] {
  const accepted = baselines.flatMap((baseline) => baseline.constants ?? []);
  if (accepted.length < LEAST_BASELINES) return [];
  const known = new Set(accepted.flatMap((joined) => [...hashesIn(joined)]));
  const asked = new Map<string, boolean>();
  const isKnown = (text: string): boolean => {
    const is = asked.get(text) ?? known.has(hashOf(text));
    asked.set(text, is);
    return is;
  };
  const added = judgeAdded(constants, isKnown);
  if (added.length > 0) return added;
  return (Object.keys(LEAST_IDS) as Name[]).flatMap((name) => {
    const all = constants.filter((one) => one.name === name && isKnown(idOf(one)));
    const own = all.filter(({ value }) => value !== NONE);
    const ids = new Set(own.map(({ id }) => id));
    const same = new Set(all.filter((one) => isKnown(textOf(one))).map(({ id }) => id));
    const changed = [...ids].filter((id) => !same.has(id)).length;
    const isOther = changed >= LEAST_IDS[name] && changed >= (name === 'question' ? MOST : NEARLY_ALL) * ids.size;
    if (!isOther && !isMixedUp(own, { ids, same, isKnown })) return [];
    return own
      .filter(({ id }) => !same.has(id))
      .map(({ probe, place, value }) =>
        sighting({ rule: DRIFT_RULES.wordReplaced, probe, place, expected: { equals: 'as in the baselines' }, value }),
      );
  });
}
