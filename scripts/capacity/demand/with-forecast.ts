import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import type { Demand } from './demand.ts';
import { forecastOf } from './forecast.ts';

/** Demand, an increase of it to report, and the growth of its busiest hour that the certified rate must allow. */
export interface ForecastRequest {
  readonly demand: Demand;
  readonly more: number | undefined;
  readonly headroom: number | undefined;
}

/** A result held against demand; a gate on headroom that is not met fails what passes, or leaves it without evidence. */
export function withForecast(
  result: CapacityResult,
  { demand, more, headroom: asked }: ForecastRequest,
): CapacityResult {
  const forecast = forecastOf(demand, result.capacity, more);
  // A capacity that demand exceeds already is no pass, whether headroom was asked for or not.
  const least = asked ?? ((forecast.headroom ?? 0) < 0 ? 0 : undefined);
  const searchExitCode = result.forecast?.gate?.searchExitCode ?? result.exitCode;
  if (least === undefined) return { ...result, exitCode: searchExitCode, forecast };
  const met = isMet(forecast.headroom, least, result.capacity.limitReached !== false);
  const unmet = met === null ? EXIT.noEvidence : EXIT.gateFailed;
  const exitCode = searchExitCode === EXIT.pass && met !== true ? unmet : searchExitCode;
  return { ...result, exitCode, forecast: { ...forecast, gate: { least, met, searchExitCode } } };
}

/** What is carried at least may be too little, and the service may carry more all the same: that is no evidence. */
function isMet(headroom: number | null, least: number, isReached: boolean): boolean | null {
  if (headroom === null) return null;
  return headroom >= least ? true : isReached ? false : null;
}
