import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import type {
  ComparedDistribution,
  NotCompared,
  SideValue,
  WorkloadComparison,
} from '../../../contracts/generated/workload-comparison.ts';
import { holm } from '../../foundation/statistics/holm.ts';
import { arrivalDifferences } from './arrival-days.ts';
import { meanOf, NAMES, NUMBERS, sharesOf, sorted, type Unit, unitsOf } from './distribution.ts';
import type { WorkloadModel } from './read-model.ts';
import { cumulativeDistance, permutationTest, shareDistance } from './two-sample.ts';

export const ALPHA = 0.05;
/** Fewer conversations on a side tell nothing. */
const LEAST_CONVERSATIONS = 20;
/** Of the draws of permutations: the same models give the same numbers. */
const SEED = 1;

type Tested = Omit<ComparedDistribution, 'differs'>;

/** Tells which distributions of two models differ by more than chance: at most one comparison in twenty of equal ones does so wrongly. */
export function compareModels(a: WorkloadModel, b: WorkloadModel): WorkloadComparison {
  const scripts = scriptDifferences(a, b);
  const arrivals = arrivalTests(a, b);
  const tested = [...scripts.tested, ...arrivals.tested];
  const adjusted = holm(tested.map(({ p }) => p));
  return {
    ...{ version: 1, a: a.name, b: b.name },
    distributions: tested.map((it, index) => {
      const p = adjusted[index] ?? 1;
      return { ...it, p, differs: p < ALPHA };
    }),
    notes: [...scripts.notes, ...arrivals.notes],
  };
}

interface Tests {
  readonly tested: readonly Tested[];
  readonly notes: readonly NotCompared[];
}

function scriptDifferences(a: WorkloadModel, b: WorkloadModel): Tests {
  const lacking = sideWhere(a, b, ({ scripts }) => scripts.length < LEAST_CONVERSATIONS);
  if (lacking !== undefined) {
    const { length } = (lacking === 'a' ? a : b).scripts;
    const note = { code: 'few-scripts', side: lacking, scripts: length, needed: LEAST_CONVERSATIONS } as const;
    return { tested: [], notes: [note] };
  }
  const notes: NotCompared[] = [];
  const tested: Tested[] = [];
  for (const measure of NUMBERS) {
    const [left, right] = [unitsOf(a.scripts, measure), unitsOf(b.scripts, measure)];
    if ([left, right].some((units) => withValues(units) < LEAST_CONVERSATIONS)) {
      notes.push({ code: 'few-values', distribution: measure.id });
      continue;
    }
    const mean = (units: readonly Unit<number>[]): SideValue => ({ value: meanOf(sorted(units)) });
    const difference = permutationTest(left, right, cumulativeDistance, SEED);
    tested.push({ distribution: measure.id, a: mean(left), b: mean(right), ...difference });
  }
  return { tested: [...tested, ...nameDifferences(a.scripts, b.scripts)], notes };
}

const sideWhere = (
  a: WorkloadModel,
  b: WorkloadModel,
  lacks: (model: WorkloadModel) => boolean,
): 'a' | 'b' | undefined => (lacks(a) ? 'a' : lacks(b) ? 'b' : undefined);

const withValues = (units: readonly Unit<unknown>[]): number => units.filter(({ values }) => values.length > 0).length;

function nameDifferences(a: readonly ConversationScript[], b: readonly ConversationScript[]): Tested[] {
  return NAMES.map((measure) => {
    const [left, right] = [unitsOf(a, measure), unitsOf(b, measure)];
    const [sharesA, sharesB] = [sharesOf(left), sharesOf(right)].map(
      (shares) => new Map(shares.map((it) => [it.name, it.share])),
    ) as [Map<string, number>, Map<string, number>];
    const change = (name: string): number => Math.abs((sharesA.get(name) ?? 0) - (sharesB.get(name) ?? 0));
    const [most = ''] = [...new Set([...sharesA.keys(), ...sharesB.keys()])].sort((x, y) => change(y) - change(x));
    const shareIn = (shares: Map<string, number>): SideValue => ({ value: shares.get(most) ?? 0, name: most });
    const difference = permutationTest(left, right, shareDistance, SEED);
    return { distribution: measure.id, a: shareIn(sharesA), b: shareIn(sharesB), ...difference };
  });
}

function arrivalTests(a: WorkloadModel, b: WorkloadModel): Tests {
  if (a.arrivals === undefined || b.arrivals === undefined) {
    return { tested: [], notes: [{ code: 'no-arrivals', side: a.arrivals === undefined ? 'a' : 'b' }] };
  }
  const differences = arrivalDifferences(a.arrivals, b.arrivals, SEED);
  if (differences === undefined) return { tested: [], notes: [{ code: 'few-days' }] };
  const rate = ({ perHour }: LearntArrivals): SideValue => ({ value: perHour.value ?? 0 });
  return {
    tested: [
      { distribution: 'arrivals', a: rate(a.arrivals), b: rate(b.arrivals), ...differences.level },
      { distribution: 'hours', a: busiestHour(a.arrivals), b: busiestHour(b.arrivals), ...differences.pattern },
    ],
    notes: [],
  };
}

type LearntArrivals = NonNullable<WorkloadModel['arrivals']>;

/** The hour of the week with the highest rate. */
function busiestHour({ hourOfWeek }: LearntArrivals): SideValue {
  const rates = hourOfWeek.map(({ value }) => value ?? 0);
  const value = Math.max(...rates);
  return { value, hour: rates.indexOf(value) };
}
