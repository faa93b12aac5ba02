/** Why a check that stops when it is decided sends no further paid turns. */
export const DECIDED = 'each of the first turns broke the contract in the same way';
