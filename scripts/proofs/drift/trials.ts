import { random } from '../../../contracts/random.ts';
import { type Kind, listDrifts, type OperatorInfo } from '../../reference-server/index.ts';
import { CONDITIONAL, OF_STANDARD, OF_TIME, UNSEEN } from './expectations.ts';
import { ALLOWANCES } from './mutations/allowances.ts';
import { MUTATIONS } from './mutations/index.ts';

/**
 * What a trial proves: that a drift in every answer is found, of the reference server or of a mutation to it; that a rare
 * one is; or that legal variations are left alone. Distributions are of mutations, too, and of the standard budget.
 * Allowed is a service of another kind, against its own runs.
 */
export type Part = 'sure' | 'strange' | 'distributions' | 'allowed' | 'rare' | 'legal';

/** A trial before it is run. */
export interface PlannedTrial {
  /** Equal for equal trials. */
  readonly key: string;
  readonly part: Part;
  /** Of one operator, or of the legal variations drawn. */
  readonly ids: readonly string[];
  readonly rate: number;
  readonly seed: number;
  readonly budget: string;
  /** Kinds of exchanges that the operator changes. */
  readonly on: readonly Kind[];
}

/** How many trials of each part. */
export interface Extent {
  readonly rareSeeds: number;
  readonly legalRuns: number;
  readonly legalBudget: string;
  /** Of drifts in every answer. */
  readonly budget: string;
}

const RARE = 0.05;
const SHARE_OF_VARIATIONS = 0.3;
const VARIATION_RATE = 0.5;
const LEGAL_STREAM = 42;

/** Kinds of exchanges of which a standard budget has at least 90. */
const OFTEN: readonly Kind[] = [
  ...(['ANY', 'POST', 'TURN', 'U', 'R', 'G', 'L', 'B', 'D'] as const),
  ...(['N*', 'N1', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8'] as const),
  ...(['A*', 'A1', 'A2', 'A3', 'A4', 'A5', 'A7'] as const),
];

/** Drifts that some answer shows to a check without a memory, and those that a standard budget shows to one with a memory. */
function visibleDrifts(budget: string): readonly OperatorInfo[] {
  const isUnseen = (id: string): boolean => id in UNSEEN && !(budget === 'standard' && OF_STANDARD.includes(id));
  return listDrifts().filter(({ id }) => !isVariation(id) && !isUnseen(id) && !OF_TIME.test(id));
}

/** Every trial of the proof: the sure and strange ones first, then the legal ones, then the rare ones, seed by seed. */
export function plannedTrials({ rareSeeds, legalRuns, legalBudget, budget }: Extent): readonly PlannedTrial[] {
  const drifts = visibleDrifts(budget);
  const often = drifts.filter(
    ({ id, on }) => !(id in CONDITIONAL || id in UNSEEN) && on.some((kind) => OFTEN.includes(kind)),
  );
  return [
    ...drifts.map((drift) => ofDrift('sure', drift, 1, 1, budget)),
    ...MUTATIONS.map(({ id, isDistribution = false }) =>
      isDistribution
        ? ofDrift('distributions', { id, on: [] }, 1, 1, 'standard')
        : ofDrift('strange', { id, on: [] }, 1, 1, budget),
    ),
    ...ALLOWANCES.map(({ id }) => ofDrift('allowed', { id, on: [] }, 1, 1, budget)),
    ...seeds(legalRuns).map((seed) => ofVariations(seed, legalBudget)),
    ...seeds(rareSeeds).flatMap((seed) => often.map((drift) => ofDrift('rare', drift, RARE, seed, 'standard'))),
  ];
}

const seeds = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

function ofDrift(
  part: Part,
  { id, on }: Pick<OperatorInfo, 'id' | 'on'>,
  rate: number,
  seed: number,
  budget: string,
): PlannedTrial {
  return { key: [part, id, budget, seed].join(' '), part, ids: [id], rate, seed, budget, on };
}

function ofVariations(seed: number, budget: string): PlannedTrial {
  const next = random(seed, LEGAL_STREAM);
  const drawn = listDrifts().filter(({ id }) => isVariation(id) && next() < SHARE_OF_VARIATIONS);
  const taken = drawn.map(({ id }) => id);
  // L13 gives a reply the time of its question, which L14 has moved by then, and moves it again: together they are no legal answer.
  const ids = taken.filter((id) => id !== 'L13' || !taken.includes('L14'));
  return { key: ['legal', budget, seed].join(' '), part: 'legal', ids, rate: VARIATION_RATE, seed, budget, on: [] };
}

const isVariation = (id: string): boolean => /^L\d/.test(id);
