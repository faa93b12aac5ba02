import type { Random } from '../../../contracts/random.ts';
import { normalDraw } from '../../foundation/statistics/normal-draw.ts';
import { logNormal } from '../bench/queue-run.ts';

/** How a simulated service answers; without anything else the baseline of capacity-method 2.6. */
export interface Service {
  /** Draws service times in ms; what the turns of a run hold is drawn from the first stream, equal for both arms. */
  readonly law?: (contents: Random) => Law;
  /** Share of turns that fail at once, and that are never answered. */
  readonly failing?: number;
  readonly hanging?: number;
}

type Law = (draw: Random) => number;

const MEAN_MS = 3_000;
const CV = 0.6;
const base = logNormal(MEAN_MS, CV);
/** 88 % of log-normal service times with mean 3 s and cv 0.6 are shorter. */
const TAIL_FROM_MS = 4_917;

export const lognormalService = (meanMs: number) => (): Law => logNormal(meanMs, CV);

/** Changes of the whole law, and of its slowest eighth; each raises the p95 of the base by 10 % at half the capacity. */
export const SCALE = 1.094;
const slowest = (ms: number): number => (ms > TAIL_FROM_MS ? ms * 1.1 : ms);
export const TAIL: Service = { law: () => (draw) => slowest(base(draw)) };

/** All answers of another service so many times as long. */
export const scaled = (by: number, { law = lognormalService(MEAN_MS), ...rest }: Service = {}): Service => ({
  ...rest,
  law: (contents) => {
    const own = law(contents);
    return (draw) => own(draw) * by;
  },
});

/** A share of the answers by another law. */
const mixed = (share: number, other: Law): Service => ({
  law: () => (draw) => (draw() < share ? other(draw) : base(draw)),
});
/** So many answers take 20 s, whatever the others do. */
export const slowShare = (share: number): Service => mixed(share, () => 20_000);
/** A second kind of answers, three times as long. */
export const twoKinds = (share: number): Service => mixed(share, (draw) => base(draw) * 3);

/** Two thirds of the variance of log service times are of what was asked. */
export const BY_CONTENT: Service = {
  law: (contents) => (draw) => 2_570 * Math.exp(0.45 * normalDraw(contents) + 0.32 * normalDraw(draw)),
};
/** An answer resembles the one before: autocorrelation 0.6. */
export const ALIKE: Service = {
  law: () => {
    let before = 0;
    return (draw) => {
      before = 0.6 * before + 0.8 * normalDraw(draw);
      return 2_570 * Math.exp(0.555 * before);
    };
  },
};
/** Whole seconds only. */
export const TIES: Service = { law: () => (draw) => Math.ceil(base(draw) / 1_000) * 1_000 };
/** Pareto, index 2.2: no fourth moment, hardly a second one. */
export const PARETO: Service = { law: () => (draw) => (MEAN_MS * 1.2 * (1 - draw()) ** (-1 / 2.2)) / 2.2 };
