import type { Level, Tally } from '../measure/level.ts';

/** Rates that are less than this apart (as a ratio) are neighbours: between them no smooth service falls from safe to hopeless. */
export const NEIGHBOURS = 1.06;

const HOPELESS = 10;
const MOST = 0.4;

/** Well within the SLO. */
export const isSafe = ({ n, bad }: Tally, badShare: number): boolean => bad < (badShare / 2) * n;

/** Ten times what the SLO allows, or 40 %, of all its turns or of the later ones: a service may break on the way. */
export const isHopeless = ({ n, bad, halves: [, later] }: Level, badShare: number): boolean =>
  [{ n, bad }, later].some((part) => part.n > 0 && part.bad >= Math.min(HOPELESS * badShare, MOST) * part.n);
