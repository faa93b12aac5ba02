import { expect, it } from 'vitest';
import { demandOf } from '../../../scripts/capacity/demand/demand.ts';
import { withForecast } from '../../../scripts/capacity/demand/with-forecast.ts';
import { sampleResult } from '../report/sample-result.ts';
import { NOW } from './made-demand.ts';

/** Conversations of a month of which the busiest hour needs about 0.5 a second. */
const demand = demandOf({ perMonth: 730.5 * 3600 }, { growth: 0, peakFactor: 0.5 }, NOW);
const least = { limitReached: false, lambdaHat: null, lambdaHatCI90: null };

it.each([
  ['reached, and more than asked for', {}, 0.2, true, 0],
  ['reached, and less than asked for', {}, 0.8, false, 3],
  ['not reached, and more than asked for already', least, 0.2, true, 0],
  ['not reached: the service may have what is asked for', least, 0.8, null, 6],
])('a gate on headroom where the limit of the service was %s', (_, over, headroom, met, code) => {
  const { exitCode, forecast } = withForecast(sampleResult(over), { demand, more: undefined, headroom });
  expect(forecast?.gate?.met).toBe(met);
  expect(exitCode).toBe(code);
});
