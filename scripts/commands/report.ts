import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import type { Result } from '../../contracts/generated/result.ts';
import type { RunFacts } from '../analysis/metrics/run-facts.ts';
import { conclude } from '../drift/conclude.ts';
import { isDriftFolder, rejudge } from '../drift/from-run/rejudge.ts';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { storedLedger } from '../ledger/ledger-lines.ts';
import { type RunFolder, readPlan, runFolder } from '../ledger/run-folder.ts';
import { separateTexts } from '../ledger/separate-texts.ts';
import { type OtlpEndpoint, otlpEndpoint, sendOtlp } from '../report/send-otlp.ts';
import { mergeRunners } from '../run/runners/merge-ledgers.ts';
import type { ReportOptions } from './flags/report-flags.ts';
import { readFacts, reportRun } from './report-run.ts';
import { writableFolder } from './writable-folder.ts';

/** Rebuilds result and reports from run.json and ledgers alone; several folders are the runners of one run. */
export const report: Command<ReportOptions> = async ({ folder: folders, out, json, memory, otlp }, io) => {
  const endpoint = otlp === undefined ? undefined : otlpEndpoint(otlp, io.env);
  const [first = '.'] = folders.map((path) => resolve(io.cwd, path));
  if (folders.length === 1 && (await isDriftFolder(first))) {
    if (endpoint) throw usageError('--otlp sends the metrics of a run: a drift check has none');
    const to = { out: out && resolve(io.cwd, out), memory: resolve(io.cwd, memory) };
    const { result, folder } = await rejudge(first, to);
    return conclude(result, { folder, memory: to.memory, json }, io);
  }
  for (const path of folders) await mergeRunners(runFolder(resolve(io.cwd, path)), io.guard.redact);
  const sources = folders.map((path) => sourceOf(resolve(io.cwd, path)));
  const plan = await commonPlan(sources);
  for (const source of sources) await separateTexts(source.folder, plan);
  const target = await writableFolder(resolve(io.cwd, out ?? sources[0]?.folder.path ?? '.'));
  const run = mergeFacts(await Promise.all(sources.map(({ folder }) => readFacts(folder, io))));
  const ledgers = sources.map(({ ledger }) => ledger);
  const [{ folder } = { folder: target }] = sources;
  const result = await reportRun({ plan, ledgers, run, folder, target, json }, io);
  return endpoint === undefined ? result.exitCode : deliver(endpoint, result, io);
};

/** The reports are written: metrics that nobody took change no verdict, but a run that passed does not end as if all were well. */
async function deliver(endpoint: OtlpEndpoint, result: Result, io: Io): Promise<number> {
  const { host } = endpoint.url;
  const trouble = await sendOtlp(endpoint, result, io);
  if (trouble === undefined) {
    io.err(`Metrics sent to ${host}.\n`);
    return result.exitCode;
  }
  io.err(`error: --otlp: ${host} did not accept the metrics: ${trouble}. The reports are written; try again later.\n`);
  return result.exitCode === EXIT.pass ? EXIT.unreachable : result.exitCode;
}

interface Source {
  readonly folder: RunFolder;
  readonly ledger: string;
}

/** A results folder, or a ledger in one. */
function sourceOf(path: string): Source {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw usageError(`there is no ${path}: give the results folder of a run`);
  if (!stat.isDirectory()) return { folder: runFolder(dirname(path)), ledger: path };
  const folder = runFolder(path);
  return { folder, ledger: storedLedger(folder) ?? folder.ledger };
}

async function commonPlan(sources: readonly Source[]): Promise<Plan> {
  const plans = await Promise.all(sources.map(({ folder }) => readPlan(folder)));
  const [first] = plans;
  if (first === undefined) throw usageError('name the results folder of a run');
  const other = plans.findIndex(({ runId }) => runId !== first.runId);
  if (other === -1) return first;
  throw usageError(
    `${sources[0]?.folder.path} and ${sources[other]?.folder.path} are different runs: report them separately, or give the runners of one run`,
  );
}

/** CPU and memory of one process say nothing about several. */
function mergeFacts(facts: readonly RunFacts[]): RunFacts {
  const [first = {}] = facts;
  if (facts.length < 2) return first;
  return {
    ...(first.k6 === undefined ? {} : { k6: first.k6 }),
    interrupted: facts.some(({ interrupted }) => interrupted === true),
    problems: facts.flatMap(({ problems = [] }) => problems),
  };
}
