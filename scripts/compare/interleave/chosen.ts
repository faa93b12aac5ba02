/** The design whose accuracy docs/comparison.md states: pairs of runs, and measured user turns of a run. */
export const CHOSEN_PAIRS = 10;
export const CHOSEN_TURNS = 600;
