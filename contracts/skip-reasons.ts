/** Why a step of a drift check was not sent. */
export type SkipReason = 'decided' | 'service-gone' | 'conversation-unknown' | 'no-events';

/** What a check that stops when it is decided says of further paid turns: each of the first ones broke the contract in the same way. */
export const DECIDED = 'decided' satisfies SkipReason;
