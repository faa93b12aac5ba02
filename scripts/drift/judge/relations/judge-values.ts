import type { DriftBaseline } from '../../../../contracts/generated/drift-baseline.ts';
import type { Relations } from '../../../../contracts/generated/findings.ts';
import { fisher } from '../../../foundation/statistics/fisher.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import { kindOf } from './of-values.ts';
import type { ValueRelation } from './relation.ts';

const LEAST_BASELINES = 3;
/** So many objects had it, without exception. */
const LEAST_OBJECTS = 15;
/** So many have another one now, and so large a part. */
const LEAST_OTHERS = 3;
const SHARE_OTHERS = 0.25;
const UNLIKELY = 1e-3;
/** What takes more kinds of values is no state. */
const MOST_KINDS = 6;

/** The objects of a feature by the kinds of their values, each once for each kind. */
export type ValueGroups = ReadonlyMap<string, ReadonlyMap<string, readonly ValueRelation[]>>;

export function groupedValues(relations: Iterable<ValueRelation>): ValueGroups {
  const groups = new Map<string, Map<string, ValueRelation[]>>();
  for (const one of relations) {
    const kinds = groups.get(one.feature) ?? new Map<string, ValueRelation[]>();
    groups.set(one.feature, kinds);
    const kind = kindOf(one.value);
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  return groups;
}

const objectsOf = (found: readonly ValueRelation[]): number => new Set(found.map(({ subject }) => subject)).size;
const nameOf = (feature: string, kind: string): string => `${feature} is ${kind}`;

/** As a baseline keeps them: of how many objects each feature was always the same, and which. */
export function talliesOfValues(groups: ValueGroups): Relations {
  const entries = [...groups].flatMap(([feature, kinds]) => {
    if (kinds.size > MOST_KINDS) return [];
    const n = objectsOf([...kinds.values()].flat());
    return [...kinds].map(([kind, found]) => [nameOf(feature, kind), { k: objectsOf(found), n }] as const);
  });
  return Object.fromEntries(entries);
}

/** Values other than the one that each object of all accepted runs had. */
export function judgeValues(
  groups: ValueGroups,
  baselines: readonly Partial<Pick<DriftBaseline, 'relations'>>[],
): Sighting[] {
  const known = baselines.flatMap(({ relations }) => (relations === undefined ? [] : [relations]));
  if (known.length < LEAST_BASELINES) return [];
  return [...groups].flatMap(([feature, kinds]) => {
    const usual = usualOf(feature, known);
    if (usual === undefined) return [];
    const others = [...kinds].flatMap(([kind, found]) => (kind === usual.kind ? [] : found));
    const [k, n] = [objectsOf(others), objectsOf([...kinds.values()].flat())];
    if (k < LEAST_OTHERS || k < SHARE_OTHERS * n || fisher(0, usual.n, k, n) >= UNLIKELY) return [];
    const rule = DRIFT_RULES.wordReplaced;
    const expected = { equals: usual.kind, of: feature };
    return others.map(({ probe, place, value }) => sighting({ rule, probe, place, expected, value }));
  });
}

/** The one kind of value that a feature had in all runs, and of how many objects. */
function usualOf(feature: string, known: readonly Relations[]): { kind: string; n: number } | undefined {
  const start = nameOf(feature, '');
  const found = known.map((relations) => Object.entries(relations).filter(([name]) => name.startsWith(start)));
  const [first] = found.flat();
  if (first === undefined) return undefined;
  const [name] = first;
  const isSame = found.every((entries) => entries.length <= 1 && entries.every(([one]) => one === name));
  const runs = found.filter(({ length }) => length > 0).length;
  const n = found.flat().reduce((sum, [, tally]) => sum + tally.n, 0);
  return isSame && runs >= LEAST_BASELINES && n >= LEAST_OBJECTS ? { kind: name.slice(start.length), n } : undefined;
}
