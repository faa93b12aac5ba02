import type { Arrivals, Estimate } from '../../../contracts/generated/arrivals.ts';
import { hourFactor, type KnownLaw } from './known-history.ts';

/** A parameter of a known law, and what was learnt of it. */
export interface Checked {
  readonly parameter: string;
  readonly truth: number;
  readonly learnt: Pick<Estimate, 'lower' | 'upper'>;
}

/** Each parameter of a law beside its interval. */
export function checkedParameters(law: KnownLaw, { shape, ...arrivals }: Arrivals): Checked[] {
  const german = shape.languages.find(({ name }) => name === 'de');
  const mean =
    Array.from({ length: 168 }, (_, hour) => hourFactor(hour)).reduce((sum, factor) => sum + factor, 0) / 168;
  return [
    { parameter: 'conversations per hour', truth: law.perHour * mean, learnt: arrivals.perHour },
    { parameter: 'growth', truth: 0, learnt: arrivals.growth },
    { parameter: 'dispersion', truth: law.dispersion, learnt: arrivals.dispersion },
    { parameter: 'turns', truth: 1 / (1 - law.continues), learnt: shape.turns },
    { parameter: 'pause', truth: law.meanPauseMs, learnt: shape.pauseMs },
    { parameter: 'share of German', truth: law.german, learnt: german ?? { lower: 0, upper: 0 } },
    ...arrivals.hourOfWeek.map((learnt, hour) => ({
      parameter: `hour ${hour} of the week`,
      truth: law.perHour * hourFactor(hour),
      learnt,
    })),
  ];
}

export const isCovered = ({ truth, learnt: { lower, upper } }: Checked): boolean =>
  (lower === null || truth >= lower) && (upper === null || truth <= upper);
