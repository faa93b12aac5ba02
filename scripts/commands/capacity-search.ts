import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import { reserveOf } from '../capacity/confirm/confirm.ts';
import { CONFIRMATION } from '../capacity/confirm/confirmation-plan.ts';
import type { SavedSearch } from '../capacity/drive.ts';
import { leastBudget } from '../capacity/search/least-budget.ts';
import { type Grant, grantOf } from '../capacity/search/search-state.ts';
import { parseSlo, type Slo } from '../capacity/slo.ts';
import { HarnessError, usageError } from '../foundation/errors.ts';
import { unredacted } from '../foundation/guard.ts';
import type { Io } from '../foundation/io.ts';
import { buildAll } from '../k6/build/all.ts';
import { createRunFolder, type RunFolder, readPlan, runFolder, writeJson } from '../ledger/run-folder.ts';
import { sentTurns } from '../run/admission/sent-turns.ts';
import { prepare } from '../run/plan/prepare.ts';
import { restorePlan } from '../run/plan/restore-workload.ts';
import { planRecord } from '../secrets/plan-record.ts';
import type { CapacityOptions } from './flags/capacity-flags.ts';
import { SPENDING_FLAGS } from './flags/common-flags.ts';
import { settingsOf } from './flags/settings.ts';
import { learntWorkload } from './read-forecast.ts';

/** A search that is about to run. */
interface BegunSearch {
  readonly search: SavedSearch;
  /** The folder of one that goes on. */
  readonly resumed?: RunFolder;
  /** Whether a flag, a file or the environment names a base URL or a bot. */
  readonly namesService: boolean;
}

/** A new search, or one to go on with. */
export async function beginSearch(options: CapacityOptions, io: Io): Promise<BegunSearch> {
  const { resume, slo, build } = options;
  if (resume === undefined) return planSearch(options, io);
  if (slo !== undefined) throw usageError('--resume continues the search in its folder: omit --slo');
  const limits = Object.keys(SPENDING_FLAGS) as (keyof typeof SPENDING_FLAGS)[];
  if (limits.some((name) => options[name] !== undefined)) {
    throw usageError('--resume keeps the limits of its search: omit --max-turns and the other limits');
  }
  if (build) await buildAll();
  const resumed = runFolder(resolve(io.cwd, resume));
  const search = await readSearch(resumed, io);
  const extension = options.budget === undefined ? search : await extended(search, resumed, options);
  return { search: extension, resumed, namesService: true };
}

/** A search with a larger budget than it had: it goes on where it ended. */
async function extended(
  search: SavedSearch,
  { path }: RunFolder,
  { budget = 0, confirm }: CapacityOptions,
): Promise<SavedSearch> {
  const { settings } = search;
  const before = grantOf(settings).budget;
  if (budget <= before)
    throw usageError(`--budget: this search already has ${before} turns; give more, or omit the flag`);
  const confirmations = await confirmationsIn(path);
  const sent = await Promise.all(confirmations.map(sentTurns));
  const confirmed = sent.reduce((sum, turns) => sum + (turns?.users ?? 0), 0);
  const extension = { ...granted(budget, settings.slo, confirm), confirmed };
  return { ...search, settings: { ...settings, extensions: [...(settings.extensions ?? []), extension] } };
}

/** Confirming runs of smaller budgets make room for further rungs; their ledgers stay. */
async function setAside({ settings }: SavedSearch, path: string): Promise<void> {
  const saved = JSON.parse(await readFile(searchFile(runFolder(path)), 'utf8')) as SavedSearch;
  if (saved.settings.extensions?.length === settings.extensions?.length) return;
  await mkdir(join(path, 'confirmations'), { recursive: true, mode: 0o700 });
  for (const folder of await confirmationsIn(path)) {
    await rename(folder, join(path, 'confirmations', `${grantOf(saved.settings).budget}-${basename(folder)}`));
  }
}

/** Folders of confirming runs among those of rungs. */
async function confirmationsIn(path: string): Promise<string[]> {
  const rungs = join(path, 'rungs');
  const folders = (await readdir(rungs).catch(() => [])).map((name) => join(rungs, name));
  const plans = await Promise.all(folders.map((folder) => readPlan(runFolder(folder)).catch(() => undefined)));
  return folders.filter((_, index) => plans[index]?.runId.endsWith(CONFIRMATION) === true);
}

const searchFile = ({ path }: RunFolder): string => join(path, 'search.json');

/** The folder of a search that begins or goes on, with what decides it. */
export async function searchFolder(
  search: SavedSearch,
  { resumed, out }: { readonly resumed: RunFolder | undefined; readonly out: string | undefined },
  io: Io,
): Promise<RunFolder> {
  const folder = resumed ?? (await createRunFolder({ out, scenario: 'capacity' }, io.cwd));
  io.guard.watch(folder.path);
  if (resumed !== undefined) await setAside(search, resumed.path);
  await writeJson(searchFile(folder), { ...search, plan: planRecord(search.plan, io.guard.redact) }, unredacted);
  return folder;
}

async function readSearch(folder: RunFolder, io: Io): Promise<SavedSearch> {
  const file = searchFile(folder);
  if (!existsSync(file)) throw usageError(`${folder.path} contains no capacity search (search.json)`);
  try {
    const saved = JSON.parse(await readFile(file, 'utf8')) as SavedSearch;
    return { ...saved, plan: await restorePlan(saved.plan, io) };
  } catch (error) {
    if (error instanceof HarnessError) throw error;
    throw usageError(`${file} is damaged: ${(error as Error).message}`, { cause: error });
  }
}

const DEFAULT_BUDGET = 3_000;

async function planSearch(options: CapacityOptions, io: Io): Promise<BegunSearch> {
  if (options.slo === undefined)
    throw usageError("--slo is missing: give the objective, such as --slo 'p95<8s,errors<1%'");
  const slo = parseSlo(options.slo);
  const { budget = DEFAULT_BUDGET, maxRate, price: perTurn, saturate, confirm, config, build } = options;
  const workload = options.workload ?? saidWorkload(options, io);
  const flags = { ...settingsOf(options), workload, rate: 1, conversations: 1, duration: '1h' };
  const { plan, namesService } = await prepare({ scenario: 'load', flags, config, build, isJudged: false }, io);
  assertTimeout(plan, slo);
  assertBudget(budget, saturate);
  const price = perTurn === undefined ? plan.price : { perTurn, currency: plan.price?.currency ?? 'USD' };
  const settings = {
    slo,
    seed: plan.seed,
    ...granted(budget, slo, confirm),
    saturate,
    ...(maxRate === undefined ? {} : { maxRate }),
  };
  const search = { ...plan, scenario: 'capacity', ...(price === undefined ? {} : { price }) };
  return { search: { version: 1, settings, plan: search }, namesService };
}

function granted(budget: number, slo: Slo, confirm: boolean): Grant {
  if (!confirm) return { budget, unconfirmed: true };
  const reserve = reserveOf(budget, slo);
  return { budget, ...(reserve === undefined ? {} : { reserve }) };
}

/** Conversations that were learnt with the forecast are those that it is about. */
function saidWorkload(options: CapacityOptions, { cwd, err }: Io): string | undefined {
  const workload = learntWorkload(options, cwd);
  if (workload !== undefined)
    err(`Turns and conversations come from ${workload}, learnt with the forecast; use --workload to select others.\n`);
  return workload;
}

/** Better known before anything is spent. */
function assertBudget(budget: number, saturate: boolean): void {
  const least = leastBudget(saturate);
  if (budget >= least) return;
  throw usageError(`--budget: ${budget} turns are not enough: a search needs at least ${least}`);
}

function assertTimeout({ timeoutMs }: Plan, { limitMs, text }: Slo): void {
  if (timeoutMs > limitMs) return;
  throw usageError(`--timeout: ${timeoutMs} ms gives up before the limit of ${text}: raise it above ${limitMs} ms`);
}
