import type { DriftBaseline } from '../../../../contracts/generated/drift-baseline.ts';
import type { Relations } from '../../../../contracts/generated/findings.ts';
import { fisher } from '../../../foundation/statistics/fisher.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import { pagesOf } from '../listing/pages.ts';
import { isShownAfterRemoval, type RunView } from '../run-view.ts';
import { groupedValues, judgeValues, talliesOfValues, type ValueGroups } from './judge-values.ts';
import { ofClock, ofErrors, ofExchanges, ofPage, ofReplies, ofTurns } from './of-answers.ts';
import { ofConversations } from './of-conversations.ts';
import { ofLists } from './of-lists.ts';
import { ofConversationValues, ofEventValues } from './of-values.ts';
import { ofViews } from './of-views.ts';
import type { Relation, ValueRelation } from './relation.ts';

const LEAST_BASELINES = 3;
/** So many values make a habit, and so few exceptions are chance. */
const LEAST_TIMES = 20;
const HARDLY_EVER = 0.02;
/** So often it must be otherwise now. */
const LEAST_BROKEN = 3;
const SHARE_BROKEN = 0.25;
/** Where it held without exception so many times, fewer are enough, of different conversations. */
const ALWAYS_TIMES = 100;
const LEAST_EXCEPTIONS = 5;
const SHARE_EXCEPTIONS = 0.05;
const LEAST_SUBJECTS = 2;
const UNLIKELY = 1e-4;
/** Of what is stored, where chance has hardly a part, so many times and exceptions are enough. */
const STORED = { times: 8, broken: 2 };

/** What the relations of a check came to: a deep check has millions, of which only those that did not hold are kept. */
export interface SeenRelations {
  /** How often each held. */
  readonly tallies: Relations;
  readonly failed: readonly Relation[];
  readonly values: ValueGroups;
}

/** Of one relation more are as many. */
const MOST_FAILED = 2_000;

export function relationsOf(seen: RunView): SeenRelations {
  const shown = seen.shown.filter(({ conversation: { id }, probe }) => !isShownAfterRemoval(seen, id, probe));
  const view = { ...seen, shown };
  const tallies: Relations = {};
  const failed: Relation[] = [];
  for (const relation of relationsIn(view)) {
    const { k, n } = tallies[relation.name] ?? { k: 0, n: 0 };
    tallies[relation.name] = { k: k + Number(relation.holds), n: n + 1 };
    if (!relation.holds && n - k < MOST_FAILED) failed.push(relation);
  }
  const values = groupedValues(valuesIn(view));
  return { tallies: { ...tallies, ...talliesOfValues(values) }, failed, values };
}

function* valuesIn({ distinct, shown }: RunView): Generator<ValueRelation> {
  yield* ofEventValues(distinct.flatMap(({ turns }) => turns));
  yield* ofConversationValues(shown);
}

/** Every pair of values of a check that may agree. */
function* relationsIn(view: RunView): Generator<Relation> {
  for (const { turns } of view.distinct) {
    yield* ofTurns(turns);
    yield* ofReplies(turns);
  }
  yield* ofClock(view.distinct.flatMap(({ turns }) => turns));
  yield* ofConversations(view);
  yield* ofViews(view.shown);
  yield* ofLists(view.sound);
  for (const page of pagesOf(view)) yield* ofPage(page);
  yield* ofExchanges(view.run.probes);
  yield* ofErrors(view.run.probes);
}

/** Values that do not agree any more, though they did in all accepted runs. */
export function judgeRelations(
  { tallies, failed, values }: SeenRelations,
  baselines: readonly Partial<Pick<DriftBaseline, 'relations'>>[],
): Sighting[] {
  const known = baselines.flatMap((baseline): Relations[] =>
    baseline.relations === undefined ? [] : [baseline.relations],
  );
  const subjects = new Map<string, Set<string>>();
  for (const { name, subject } of failed)
    if (subject !== undefined) subjects.set(name, (subjects.get(name) ?? new Set()).add(subject));
  const isOfSeveral = (name: string): boolean => (subjects.get(name)?.size ?? 0) >= LEAST_SUBJECTS;
  const named = (isOne: (relation: Relation) => boolean): Set<string> =>
    new Set(failed.filter(isOne).map(({ name }) => name));
  const [sure, stored] = [named(({ isSure }) => isSure === true), named(({ isStored }) => isStored === true)];
  const isNamed = ([name, tally]: [string, Relations[string]]): boolean =>
    isBroken(tally, known, name, isOfSeveral(name)) ||
    (sure.has(name) && isOver(tally, known, name, { times: 0, broken: 1 })) ||
    (stored.has(name) && isOver(tally, known, name, STORED));
  const broken = new Set(
    Object.entries(tallies)
      .filter(isNamed)
      .map(([name]) => name),
  );
  const rule = DRIFT_RULES.relationChanged;
  const found = failed
    .filter(({ name }) => broken.has(name))
    .map(({ name, probe, place, expected, value }) =>
      sighting({ rule, probe, place, expected: { ...expected, relation: name }, value }),
    );
  return [...found, ...judgeValues(values, baselines)];
}

/** Held without exception, at least so many times, and never now, in so many cases. */
function isOver(
  { k, n }: Relations[string],
  baselines: readonly Relations[],
  name: string,
  least: { readonly times: number; readonly broken: number },
): boolean {
  const held = baselines.flatMap((relations) => relations[name] ?? []);
  const times = held.reduce((sum, one) => sum + one.n, 0);
  const isHabit = held.length >= LEAST_BASELINES && times >= least.times && held.every((one) => one.k === one.n);
  return isHabit && k === 0 && n >= least.broken;
}

function isBroken(
  { k, n }: Relations[string],
  baselines: readonly Relations[],
  name: string,
  isOfSeveral: boolean,
): boolean {
  const known = baselines.flatMap((relations) => relations[name] ?? []);
  const [k0, n0] = [known.reduce((sum, one) => sum + one.k, 0), known.reduce((sum, one) => sum + one.n, 0)];
  const [exceptions, failed] = [n0 - k0, n - k];
  const isHabit = known.length >= LEAST_BASELINES && n0 >= LEAST_TIMES && exceptions <= HARDLY_EVER * n0;
  const isOften = failed >= LEAST_BROKEN && failed >= SHARE_BROKEN * n;
  const isNever = isOfSeveral && exceptions === 0 && n0 >= ALWAYS_TIMES;
  const isEnough = isOften || (isNever && failed >= LEAST_EXCEPTIONS && failed >= SHARE_EXCEPTIONS * n);
  return isHabit && isEnough && fisher(exceptions, n0, failed, n) < UNLIKELY;
}
