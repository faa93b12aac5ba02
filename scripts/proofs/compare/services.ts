import type { Random } from '../../../contracts/random.ts';
import { logNormal } from '../bench/queue-run.ts';

/** How a simulated service answers; without anything else the baseline of capacity-method 2.6. */
export interface Service {
  /** Draws one service time in ms. */
  readonly law?: (draw: Random) => number;
  /** Share of turns that fail at once, and that are never answered. */
  readonly failing?: number;
  readonly hanging?: number;
}

type Law = (draw: Random) => number;

const CV = 0.6;
/** 88 % of log-normal service times with mean 3 s and cv 0.6 are shorter. */
const TAIL_FROM_MS = 4_917;

export const lognormalService = (meanMs: number): Law => logNormal(meanMs, CV);

const base = lognormalService(3_000);
const scaled =
  (by: number): Law =>
  (draw) =>
    base(draw) * by;
/** A share of the answers by another law. */
const mixed =
  (share: number, other: Law): Law =>
  (draw) =>
    draw() < share ? other(draw) : base(draw);
const constant =
  (ms: number): Law =>
  () =>
    ms;

/** Changes of the whole law, and of its slowest eighth; each raises p95 by 10 % at half the capacity. */
export const SCALE: Service = { law: scaled(1.094) };
export const TAIL: Service = {
  law: (draw) => {
    const ms = base(draw);
    return ms > TAIL_FROM_MS ? ms * 1.1 : ms;
  },
};
/** So many answers take 20 s, whatever the others do. */
export const slowShare = (share: number): Service => ({ law: mixed(share, constant(20_000)) });
/** A second kind of answers, three times as long. */
export const twoKinds = (share: number): Service => ({ law: mixed(share, scaled(3)) });
