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
  const met = forecast.headroom === null ? null : forecast.headroom >= least;
  const unmet = met === null ? EXIT.noEvidence : EXIT.gateFailed;
  const exitCode = searchExitCode === EXIT.pass && met !== true ? unmet : searchExitCode;
  return { ...result, exitCode, forecast: { ...forecast, gate: { least, met, searchExitCode } } };
}
