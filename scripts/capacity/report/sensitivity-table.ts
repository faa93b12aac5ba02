import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import { duration, perSecond } from '../../foundation/text/format.ts';
import { when } from './planning-text.ts';

export const AT_LEAST =
  '≥: certified for a stricter objective, or no load reached the limit; the turns do not show more.';

/**
 * Certified turns a second by percentile and limit, as cells; the first of each row is the percentile. With a forecast
 * also when the rate is outgrown. `≥`: certified for a stricter objective, or without a limit that was reached, since the turns do not tell more.
 */
export function sensitivityTable({ capacity: { sensitivity }, forecast }: CapacityResult): {
  header: string[];
  rows: string[][];
} {
  const limits = [...new Set(sensitivity.map(({ limitMs }) => limitMs))];
  const quantiles = [...new Set(sensitivity.map(({ quantile }) => quantile))];
  const cell = (quantile: number, limitMs: number): string => {
    const isIt = (it: { quantile: number; limitMs: number }): boolean =>
      it.quantile === quantile && it.limitMs === limitMs;
    const found = sensitivity.find(isIt);
    if (found === undefined || found.lambdaCert === null) return 'not known';
    const rate = `${found.lambdaHat === null ? '≥ ' : ''}${perSecond(found.lambdaCert)}`;
    const crossed = forecast?.sensitivity.find(isIt);
    return forecast === undefined || crossed === undefined ? rate : `${rate} · ${when(crossed.crossing, forecast)}`;
  };
  return {
    header: ['Certified rate', ...limits.map((limitMs) => `< ${duration(limitMs)}`)],
    rows: quantiles.map((q) => [`p${Number((100 * q).toFixed(2))}`, ...limits.map((limitMs) => cell(q, limitMs))]),
  };
}
