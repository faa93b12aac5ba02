import type { Effect } from '../../contracts/generated/comparison.ts';
import { criticalValue } from '../foundation/statistics/student-t.ts';
import type { Criteria } from './criteria.ts';
import type { Measured } from './effects.ts';
import { type Look, levelsAt } from './stages.ts';
import { type Bound, unbiased } from './stopping.ts';

/** The effects of a comparison in stages that has ended, those that decide corrected for when it did. */
export function correct(measured: readonly Measured[], criteria: Criteria, { pairs, of }: Look): Effect[] {
  return measured.map(({ effect, contrast: { difference, standardError } }) => {
    if (!effect.decides) return effect;
    const bound = (look: number, error: number) =>
      boundOf(effect.metric, criteria, { look: { pairs: look, of }, error });
    const ratio = Math.exp(unbiased({ difference, standardError, pairs }, bound));
    return { ...effect, ratio, measured: effect.ratio };
  });
}

interface Stand {
  readonly look: Look;
  readonly error: number;
}

function boundOf(metric: Effect['metric'], { effect, tolerance }: Criteria, { look, error }: Stand): Bound {
  const levels = levelsAt(look);
  const margin = (level: number): number => (level === 0 ? Infinity : criticalValue(level, 2 * look.pairs - 2) * error);
  return {
    slower: Math.max(Math.log(1 + effect), margin(levels.regression[metric])),
    clear: metric === 'latency.p95' ? Math.log(1 + tolerance) - margin(levels.clear) : -Infinity,
  };
}
