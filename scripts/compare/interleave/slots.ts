/** The two sides of a comparison, in their order everywhere. */
export const ARMS = ['baseline', 'candidate'] as const;
export type Arm = (typeof ARMS)[number];

/** Of each arm. */
export type PerArm<T> = Readonly<Record<Arm, T>>;

/** One run of an interleaved comparison. */
export interface Slot {
  /** From 1 on. */
  readonly pair: number;
  readonly arm: Arm;
}

/** Which pairs begin with the candidate: A B B A B A A B and so on, so that a drift of the service meets both arms alike. */
const CANDIDATE_FIRST = [false, true, true, false];

/** The runs of so many pairs, in the order in which they are made. */
export function slotsOf(pairs: number): Slot[] {
  return Array.from({ length: pairs }, (_, index) => index).flatMap((index) => {
    const arms = CANDIDATE_FIRST[index % CANDIDATE_FIRST.length] === true ? [...ARMS].reverse() : ARMS;
    return arms.map((arm) => ({ pair: index + 1, arm }));
  });
}
