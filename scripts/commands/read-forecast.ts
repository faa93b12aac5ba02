import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type DemandInput, demandOf } from '../capacity/demand/demand.ts';
import { readDemandFile } from '../capacity/demand/demand-file.ts';
import { learntDemand } from '../capacity/demand/learnt-demand.ts';
import type { ForecastRequest } from '../capacity/demand/with-forecast.ts';
import { usageError } from '../foundation/errors.ts';
import { modelPaths } from '../run/workload/model-paths.ts';
import { readArrivals } from '../run/workload/read-arrivals.ts';
import type { ForecastOptions } from './flags/forecast-flags.ts';

/**
 * Reads what demand is forecast, before anything is sent.
 * @throws HarnessError (2) for flags or a file that tell no demand
 */
export async function readForecast(options: ForecastOptions, cwd: string): Promise<ForecastRequest | undefined> {
  const { forecast } = options;
  if (forecast === undefined) {
    const [alone] = (['peakFactor', 'growth', 'more', 'headroom'] as const).filter((key) => options[key] !== undefined);
    if (alone === undefined) return undefined;
    const flag = alone === 'peakFactor' ? 'peak-factor' : alone;
    throw usageError(
      `--${flag} needs --forecast: conversations per month, arrivals.json of \`workload learn\`, or a CSV timestamp,conversations`,
    );
  }
  const settings = {
    peakFactor: options.peakFactor === undefined ? undefined : peakFactorOf(options.peakFactor),
    growth: options.growth === undefined ? undefined : percent('--growth', options.growth, [-0.5, 1]),
  };
  const more = options.more === undefined ? undefined : percent('--more', options.more, [0, 100]);
  const input = await inputOf(forecast, cwd);
  const headroom =
    options.headroom === undefined
      ? undefined
      : percent('--headroom', options.headroom.trim().replace(/^>=?/, ''), [0, 100]);
  return { demand: demandOf(input, settings, Date.now()), more, headroom };
}

async function inputOf(forecast: string, cwd: string): Promise<DemandInput> {
  if (isNumber(forecast)) return { perMonth: Number(forecast) };
  const path = resolve(cwd, forecast);
  return isLearnt(forecast)
    ? learntDemand(await readArrivals(path, forecast), basename(forecast))
    : readDemandFile(path);
}

const isLearnt = (forecast: string): boolean => forecast.endsWith('.json');

/** The conversations that were learnt with the arrivals of a forecast, where they lie beside them. */
export function learntWorkload({ forecast }: Pick<ForecastOptions, 'forecast'>, cwd: string): string | undefined {
  if (forecast === undefined || !isLearnt(forecast)) return undefined;
  const beside = modelPaths(dirname(forecast)).workload;
  return existsSync(resolve(cwd, beside)) ? beside : undefined;
}

/** `200.000` is two hundred thousand to some. */
const isNumber = (text: string): boolean => /^\d+(\.\d{1,2})?(e\d+)?$/i.test(text.trim());

function peakFactorOf(text: string): number {
  const value = Number(text);
  if (value >= 1 && Number.isFinite(value)) return value;
  throw usageError(`--peak-factor: must be 1 or more (the busiest hour has at least the average), got ${text}`);
}

function percent(flag: string, text: string, [least, most]: readonly [number, number]): number {
  const value = Number(text.trim().replace(/%$/, '')) / 100;
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw usageError(`${flag}: must be a percentage from ${100 * least}% to ${100 * most}%, such as 5%, got ${text}`);
}
