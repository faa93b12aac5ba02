import type { Shape } from '../../../contracts/generated/findings.ts';
import type { Expected } from '../../../contracts/violation.ts';
import type { DriftRule } from '../sighting.ts';

/** So many values of a place make a habit; what fewer had in common may be chance. */
export const FEW = 20;
export const MANY = 100;

/** The shape of a place that nothing had. */
export const EMPTY: Shape = { n: 0, types: {} };

/** A place that differs from those of all accepted runs. */
export interface Deviation {
  readonly rule: DriftRule;
  readonly place: string;
  readonly expected: Expected;
  /** What a shape of the place shows of it, or nothing; `objects`: how many could have had the place. */
  readonly shownBy: (shape: Shape | undefined, objects: number) => string | undefined;
  /** Whether all answers together show it often enough. */
  readonly isHabit?: (shape: Shape) => boolean;
}
