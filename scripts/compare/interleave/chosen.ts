/** The design of fixed size whose accuracy docs/comparison.md states: pairs of runs, and measured user turns of a run. */
export const CHOSEN_PAIRS = 10;
export const CHOSEN_TURNS = 600;

/** The same of a comparison in stages: pairs at most. */
export const STAGED_PAIRS = 54;
export const STAGED_TURNS = 80;
