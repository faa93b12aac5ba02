import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import { reserveOf } from '../capacity/confirm/confirm.ts';
import { forecastOf } from '../capacity/demand/forecast.ts';
import { type Driven, drive, type SavedSearch } from '../capacity/drive.ts';
import { renderCapacityText } from '../capacity/report/text.ts';
import { writeCapacityReports } from '../capacity/report/write-capacity-reports.ts';
import { capacityResult } from '../capacity/result/capacity-result.ts';
import { parseSlo, type Slo } from '../capacity/slo.ts';
import { HarnessError, usageError } from '../foundation/errors.ts';
import type { Command, Io } from '../foundation/io.ts';
import { sayProxy } from '../http/use-proxy.ts';
import { buildAll } from '../k6/build/all.ts';
import { findK6, type K6 } from '../k6/provision.ts';
import { createRunFolder, type RunFolder, runFolder, writeJson } from '../ledger/run-folder.ts';
import { sentTurns } from '../run/admission/sent-turns.ts';
import { admit, type Intent } from '../run/admit.ts';
import { announceStop } from '../run/announce-stop.ts';
import { apiKeyOf } from '../run/config/environment.ts';
import { prepare, requireBotId } from '../run/plan/prepare.ts';
import { restorePlan } from '../run/plan/restore-workload.ts';
import { askToConfirm, assertConfirmed } from '../run/plan/safety.ts';
import { preflight } from '../run/preflight.ts';
import { realService, type Service, startEmbedded, wantsEmbedded } from '../run/service.ts';
import { planRecord } from '../secrets/plan-record.ts';
import { capacityFrom } from './capacity-from.ts';
import type { CapacityOptions } from './capacity-options.ts';
import { readForecast } from './read-forecast.ts';
import { spendingOf } from './spending-options.ts';

/** For the lock of a process that nobody can look at. */
const LONGEST_MS = 24 * 3_600_000;

/** Searches the highest rate that meets an SLO, as a sequence of k6 runs. */
export const capacity: Command<CapacityOptions> = async (options, io) => {
  if (options.from !== undefined) return capacityFrom(options.from, options, io);
  const forecast = await readForecast(options, io.cwd);
  const { saved, folder: resumed } = await begin(options, io);
  const embedded =
    resumed === undefined ? wantsEmbedded(options.embedded, saved.plan, io.env) : saved.plan.target.embedded;
  if (!embedded) await assertMaySend(saved, options.confirmTarget, io);
  const k6 = await findK6(io);
  const service = embedded ? await startEmbedded(saved.plan, io) : realService(saved.plan, apiKeyOf(io.env));
  try {
    sayProxy(service.target, io);
    await preflight(service.target, service.apiKey);
    const search: SavedSearch = { ...saved, plan: { ...saved.plan, target: service.target } };
    const { folder, driven } = await runSearch(search, { k6, service, resumed, out: options.out }, io);
    const found = capacityResult(search, driven);
    const result =
      forecast === undefined
        ? found
        : { ...found, forecast: forecastOf(forecast.demand, found.capacity, forecast.more) };
    await writeCapacityReports(folder, result, io.guard.redact);
    const text = renderCapacityText(result, { reportPath: folder.html });
    if (options.json) io.out(`${JSON.stringify(result)}\n`);
    if (options.json) io.err(text);
    else io.out(text);
    return result.exitCode;
  } finally {
    await service.close();
  }
};

interface SearchMeans {
  readonly k6: K6;
  readonly service: Service;
  readonly resumed: RunFolder | undefined;
  readonly out: string | undefined;
}

/** Drives a search within what it may spend. */
async function runSearch(
  search: SavedSearch,
  { k6, service, resumed, out }: SearchMeans,
  io: Io,
): Promise<{ folder: RunFolder; driven: Driven }> {
  const { plan, settings } = search;
  const before = resumed === undefined ? undefined : await sentTurns(resumed.path);
  const left = Math.max(0, settings.budget - (before?.turns ?? 0));
  const limits: Intent['limits'] = { ...plan.config, ...(plan.price && { price: plan.price }) };
  const intent = { what: 'fini-harness capacity', most: { turns: left, users: left }, limits, lengthMs: LONGEST_MS };
  const admission = await admit(intent, service, io);
  const forgetStop = announceStop(io);
  try {
    const folder = resumed ?? (await createRunFolder({ out, scenario: 'capacity' }, io.cwd));
    io.guard.watch(folder.path);
    await writeJson(searchFile(folder), { ...search, plan: planRecord(plan, io.guard.redact) });
    await admission.begin(folder.path);
    return { folder, driven: await drive(folder.path, search, { k6, service }, io) };
  } finally {
    forgetStop();
    await admission.close();
  }
}

const searchFile = ({ path }: RunFolder): string => join(path, 'search.json');

async function assertMaySend({ plan, settings }: SavedSearch, typed: string | undefined, io: Io): Promise<void> {
  requireBotId(plan);
  apiKeyOf(io.env);
  const { baseUrl } = plan.target;
  const sending = { what: 'capacity', baseUrl, turns: settings.budget, harmless: false };
  assertConfirmed(sending, await askToConfirm(sending, typed, io));
}

/** A new search, or one to go on with. */
async function begin(options: CapacityOptions, io: Io): Promise<{ saved: SavedSearch; folder?: RunFolder }> {
  if (options.resume === undefined) return { saved: await plan(options, io) };
  if (options.slo !== undefined) throw usageError('--resume goes on with what its folder holds: leave out --slo');
  if (Object.values(spendingOf(options)).some((limit) => limit !== undefined)) {
    throw usageError('--resume keeps to the limits that its search began with: leave out --max-turns and the like');
  }
  if (options.build) await buildAll();
  const folder = runFolder(resolve(io.cwd, options.resume));
  if (!existsSync(searchFile(folder))) throw usageError(`${folder.path} holds no capacity search (search.json)`);
  try {
    const saved = JSON.parse(await readFile(searchFile(folder), 'utf8')) as SavedSearch;
    return { saved: { ...saved, plan: await restorePlan(saved.plan, io) }, folder };
  } catch (error) {
    if (error instanceof HarnessError) throw error;
    throw usageError(`${searchFile(folder)} is damaged: ${(error as Error).message}`, { cause: error });
  }
}

async function plan(options: CapacityOptions, io: Io): Promise<SavedSearch> {
  if (options.slo === undefined) throw usageError("say what must hold, such as --slo 'p95<8s,errors<1%'");
  const slo = parseSlo(options.slo);
  const { baseUrl, botId, timeout, seed, workload, config, build } = options;
  const budget = positive('--budget', options.budget) ?? 0;
  if (!Number.isInteger(budget)) throw usageError(`--budget: must be a whole number of turns, got ${budget}`);
  const maxRate = positive('--max-rate', options.maxRate);
  const perTurn = positive('--price', options.price);
  const flags = { baseUrl, botId, timeout, seed, workload, rate: 1, conversations: 1, duration: '1h' };
  const limits = spendingOf(options);
  const { plan: base } = await prepare({ scenario: 'load', flags: { ...flags, ...limits }, config, build }, io);
  assertTimeout(base, slo);
  const price = perTurn === undefined ? base.price : { perTurn, currency: base.price?.currency ?? 'USD' };
  const reserve = options.confirm ? reserveOf(budget, slo) : undefined;
  const settings = {
    slo,
    seed: base.seed,
    budget,
    saturate: options.saturate,
    ...(reserve === undefined ? {} : { reserve }),
    ...(maxRate === undefined ? {} : { maxRate }),
  };
  return { version: 1, settings, plan: { ...base, scenario: 'capacity', ...(price === undefined ? {} : { price }) } };
}

function assertTimeout({ timeoutMs }: Plan, { limitMs, text }: Slo): void {
  if (timeoutMs > limitMs) return;
  throw usageError(`--timeout: ${timeoutMs} ms gives up before the limit of ${text}: raise it above ${limitMs} ms`);
}

function positive(flag: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value > 0) return value;
  throw usageError(`${flag}: must be a number above 0, got ${value}`);
}
