import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import type { ComparedDistribution, WorkloadComparison } from '../../../contracts/generated/workload-comparison.ts';
import { holm } from '../../foundation/statistics/holm.ts';
import { share } from '../../foundation/text/format.ts';
import { arrivalDifferences } from './arrival-days.ts';
import { DAYS, decimal, meanOf, NAMES, NUMBERS, sharesOf, sorted, type Unit, unitsOf } from './distribution.ts';
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
  readonly notes: readonly string[];
}

function scriptDifferences(a: WorkloadModel, b: WorkloadModel): Tests {
  const lacking = [a, b].find(({ scripts }) => scripts.length < LEAST_CONVERSATIONS);
  if (lacking !== undefined) {
    const why = `has ${lacking.scripts.length} scripts, and ${LEAST_CONVERSATIONS} are needed`;
    return { tested: [], notes: [`conversations are not compared: ${lacking.name} ${why}`] };
  }
  const notes: string[] = [];
  const tested: Tested[] = [];
  for (const measure of NUMBERS) {
    const [left, right] = [unitsOf(a.scripts, measure), unitsOf(b.scripts, measure)];
    if ([left, right].some((units) => withValues(units) < LEAST_CONVERSATIONS)) {
      notes.push(`${measure.title.toLowerCase()}: not compared, since too few conversations have one`);
      continue;
    }
    const mean = (units: readonly Unit<number>[]): string => `mean ${measure.unit(meanOf(sorted(units)))}`;
    const difference = permutationTest(left, right, cumulativeDistance, SEED);
    tested.push({ title: measure.title, a: mean(left), b: mean(right), ...difference });
  }
  return { tested: [...tested, ...nameDifferences(a.scripts, b.scripts)], notes };
}

const withValues = (units: readonly Unit<unknown>[]): number => units.filter(({ values }) => values.length > 0).length;

function nameDifferences(a: readonly ConversationScript[], b: readonly ConversationScript[]): Tested[] {
  return NAMES.map((measure) => {
    const [left, right] = [unitsOf(a, measure), unitsOf(b, measure)];
    const [sharesA, sharesB] = [sharesOf(left), sharesOf(right)].map(
      (shares) => new Map(shares.map((it) => [it.name, it.share])),
    ) as [Map<string, number>, Map<string, number>];
    const change = (name: string): number => Math.abs((sharesA.get(name) ?? 0) - (sharesB.get(name) ?? 0));
    const [most = ''] = [...new Set([...sharesA.keys(), ...sharesB.keys()])].sort((x, y) => change(y) - change(x));
    const shown = (shares: Map<string, number>): string => `${most} ${share(shares.get(most) ?? 0)}`;
    const difference = permutationTest(left, right, shareDistance, SEED);
    return { title: measure.title, a: shown(sharesA), b: shown(sharesB), ...difference };
  });
}

function arrivalTests(a: WorkloadModel, b: WorkloadModel): Tests {
  const lacking = [a, b].find(({ arrivals }) => arrivals === undefined);
  if (a.arrivals === undefined || b.arrivals === undefined) {
    return { tested: [], notes: [`arrivals are not compared: ${lacking?.name} has none`] };
  }
  const differences = arrivalDifferences(a.arrivals, b.arrivals, SEED);
  if (differences === undefined) {
    return { tested: [], notes: ['arrivals are not compared: that needs about two weeks on each side'] };
  }
  const rate = ({ perHour }: { perHour: { value: number | null } }): string =>
    `${decimal(perHour.value ?? 0)} per hour`;
  const [left, right] = [a.arrivals, b.arrivals].map(busiestHour) as [string, string];
  return {
    tested: [
      { title: 'Arrivals', a: rate(a.arrivals), b: rate(b.arrivals), ...differences.level },
      { title: 'Hours of the week', a: left, b: right, ...differences.pattern },
    ],
    notes: [],
  };
}

/** The hour of the week with the highest rate: `most Mon 09h`. */
function busiestHour({ hourOfWeek }: NonNullable<WorkloadModel['arrivals']>): string {
  const most = hourOfWeek.reduce(
    (best, { value }, hour) => ((value ?? 0) > (hourOfWeek[best]?.value ?? 0) ? hour : best),
    0,
  );
  return `most ${DAYS[Math.floor(most / 24)]} ${String(most % 24).padStart(2, '0')}h`;
}
