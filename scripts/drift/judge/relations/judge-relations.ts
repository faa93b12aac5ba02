import type { DriftBaseline } from '../../../../contracts/generated/drift-baseline.ts';
import type { Relations } from '../../../../contracts/generated/findings.ts';
import { fisher } from '../../../foundation/statistics/fisher.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import { pagesOf } from '../listing/pages.ts';
import type { RunView } from '../run-view.ts';
import { ofExchanges, ofPages, ofReplies, ofTurns } from './of-answers.ts';
import { ofConversations } from './of-conversations.ts';
import type { Relation } from './relation.ts';

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

/** Every pair of values of a check that may agree. */
export function relationsOf(view: RunView): readonly Relation[] {
  return [
    ...ofTurns(view.distinct.flatMap(({ turns }) => turns)),
    ...view.distinct.flatMap(({ turns }) => ofReplies(turns)),
    ...ofConversations(view),
    ...ofPages(pagesOf(view)),
    ...ofExchanges(view.run.probes),
  ];
}

/** How often each relation held. */
export function relationTallies(relations: readonly Relation[]): Relations {
  const tallies: Relations = {};
  for (const { name, holds } of relations) {
    const { k, n } = tallies[name] ?? { k: 0, n: 0 };
    tallies[name] = { k: k + Number(holds), n: n + 1 };
  }
  return tallies;
}

/** Values that do not agree any more, though they did in all accepted runs. */
export function judgeRelations(
  relations: readonly Relation[],
  baselines: readonly Partial<Pick<DriftBaseline, 'relations'>>[],
): Sighting[] {
  const known = baselines.flatMap((baseline): Relations[] =>
    baseline.relations === undefined ? [] : [baseline.relations],
  );
  const own = relationTallies(relations);
  const subjects = new Map<string, Set<string>>();
  for (const { name, holds, subject } of relations)
    if (!holds && subject !== undefined) subjects.set(name, (subjects.get(name) ?? new Set()).add(subject));
  const isOfSeveral = (name: string): boolean => (subjects.get(name)?.size ?? 0) >= LEAST_SUBJECTS;
  const broken = new Set(
    Object.keys(own).filter((name) => isBroken(own[name] as Relations[string], known, name, isOfSeveral(name))),
  );
  return relations.flatMap(({ name, holds, probe, place, expected, value }) =>
    holds || !broken.has(name)
      ? []
      : [
          sighting({
            rule: DRIFT_RULES.relationChanged,
            probe,
            place,
            expected: { ...expected, relation: name },
            value,
          }),
        ],
  );
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
