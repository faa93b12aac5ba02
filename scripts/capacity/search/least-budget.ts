import { RAMP_TURNS } from './ramp.ts';
import { FIRST_TURNS } from './saturation.ts';

/** Turns with which a search sees more than an answer alone: one step alone, and one up. Most need many times more. */
export const leastBudget = (saturate: boolean): number => FIRST_TURNS + (saturate ? FIRST_TURNS : RAMP_TURNS);
