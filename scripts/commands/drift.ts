import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DriftPlan } from '../../contracts/generated/drift-plan.ts';
import type { DriftResult } from '../../contracts/generated/findings.ts';
import { buildAll } from '../build/all.ts';
import { SCENARIO_OUT } from '../build/scenarios.ts';
import { durationMs } from '../config/duration.ts';
import { apiKeyOf } from '../config/environment.ts';
import { type FullConfig, loadConfig } from '../config/load.ts';
import { judgeDrift } from '../drift/judge-drift.ts';
import { makeDriftPlan, userTurnsOf } from '../drift/make-drift-plan.ts';
import { acceptFinding, acceptRun, readMemory } from '../drift/memory.ts';
import { renderAnnotations, writeDriftReports } from '../drift/render-files.ts';
import { renderDriftText } from '../drift/render-text.ts';
import { HarnessError, usageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { Command, Io } from '../io.ts';
import { findK6 } from '../k6/provision.ts';
import { runK6 } from '../k6/run-k6.ts';
import { isLoopback } from '../plan/safety.ts';
import { preflight } from '../run/preflight.ts';
import { type Service, startEmbedded, wantsEmbedded } from '../run/service.ts';
import { createRunFolder, type RunFolder } from '../run-folder.ts';
import { handOver } from '../secrets/hand-over.ts';
import { type DriftOptions, memoryFolder } from './drift-options.ts';

/** User turns that go to any host without confirmation. */
const HARMLESS_TURNS = 20;

/** Probes whether the API still keeps its contract, and judges what came. */
export const drift: Command<DriftOptions> = async (options, io) => {
  if (options.accept !== undefined) return accept(options, options.accept, io);
  const { baseUrl, botId, timeout, seed } = options;
  const { config } = await loadConfig({ flags: { baseUrl, botId, timeout, seed }, path: options.config }, io);
  const target = { baseUrl: config.baseUrl, botId: config.botId ?? '', embedded: false };
  const embedded = wantsEmbedded(options.embedded, { target }, io.env);
  if (options.plan) return showPlan(options, config, target, io);
  if (!embedded) assertMaySend(options, config, target, io);
  if (options.build) await buildAll();
  const k6 = await findK6(io);
  const service: Service = embedded
    ? await startEmbedded({ config: { ...config } }, io)
    : { target, apiKey: apiKeyOf(io.env), close: () => Promise.resolve() };
  try {
    const { canRead } = await preflight(service.target, service.apiKey);
    if (!canRead) throw usageError('the API key lacks the read scope, without which nothing can be read back');
    const env = { ...io.env, ...service.spare };
    const plan = planOf(options, config, service.target, env);
    const folder = await createRunFolder({ out: options.out, scenario: 'drift' }, io.cwd);
    const handed = await handOver(plan, folder.plan, io.guard);
    io.err(`${userTurnsOf(plan)} user turns, ${plan.chains.length} chains of probes\n`);
    const exit = await runK6({
      k6: k6.path,
      bundle: join(SCENARIO_OUT, 'probes', 'suite.js'),
      cwd: io.cwd,
      ledger: folder.ledger,
      env: { ...env, FINI_PLAN: handed.path, FINI_API_KEY: service.apiKey, ...handed.redaction },
      args: [],
      signal: io.signal,
    }).finally(handed.withdraw);
    if (exit.end !== 'interrupted' && exit.exitCode !== 0) io.err(`${exit.stderr}\n`);
    return await report(options, plan, folder, exit.end === 'interrupted', io);
  } finally {
    await service.close();
  }
};

async function report(
  options: DriftOptions,
  plan: DriftPlan,
  folder: RunFolder,
  interrupted: boolean,
  io: Io,
): Promise<number> {
  const memory = await readMemory(memoryFolder(options, io.cwd));
  const today = plan.createdAt.slice(0, 10);
  const { strictAdditive } = options;
  const result = await judgeDrift(plan, folder, { ...memory, strictAdditive, today, interrupted });
  await writeDriftReports(folder.path, result, memory.baselines);
  const say = options.json ? io.err : io.out;
  if (options.json) io.out(`${JSON.stringify(result)}\n`);
  say(renderDriftText(result, folder.path));
  if (io.env.GITHUB_ACTIONS === 'true') say(renderAnnotations(result));
  return result.exitCode;
}

function planOf(options: DriftOptions, config: FullConfig, target: DriftPlan['target'], env: Io['env']): DriftPlan {
  const now = Date.now();
  return makeDriftPlan({
    runId: `drift-${now.toString(36)}`,
    budget: options.budget,
    seed: config.seed,
    now,
    timeoutMs: durationMs(config.timeout),
    target,
    otherBotId: env.FINI_OTHER_BOT_ID || undefined,
    keys: {
      read: Boolean(env.FINI_READ_KEY),
      write: Boolean(env.FINI_WRITE_KEY),
      revoked: Boolean(env.FINI_REVOKED_KEY),
      other: Boolean(env.FINI_OTHER_KEY),
    },
  });
}

function showPlan(options: DriftOptions, config: FullConfig, target: DriftPlan['target'], io: Io): number {
  const plan = planOf(options, config, target, io.env);
  const turns = userTurnsOf(plan);
  const probes = plan.chains.reduce((sum, { steps }) => sum + steps.length, 0);
  const { price } = config;
  const cost =
    price === undefined
      ? 'unknown (no price is configured)'
      : `${(turns * price.perTurn).toFixed(2)} ${price.currency ?? 'USD'}`;
  io.out(
    [
      `Drift, budget ${options.budget}: this only shows the plan; nothing is sent.`,
      `  target      ${target.baseUrl}`,
      `  user turns  ${turns}`,
      `  price       ${cost}`,
      `  requests    at least ${probes}`,
      ...plan.notTested.map(({ kind, reason }) => `  not tested  ${kind}, ${reason}`),
      '',
    ].join('\n'),
  );
  return EXIT.pass;
}

/** @throws HarnessError (2 or 7) */
function assertMaySend(
  { budget, confirmTarget }: DriftOptions,
  config: FullConfig,
  target: DriftPlan['target'],
  io: Io,
): void {
  if (target.botId === '')
    throw usageError('no bot id: set FINI_BOT_ID, --bot-id, or botId in fini-harness.config.json');
  apiKeyOf(io.env);
  if (isLoopback(target.baseUrl)) return;
  const { protocol, host } = new URL(target.baseUrl);
  if (protocol !== 'https:') {
    throw new HarnessError(EXIT.refused, `${target.baseUrl} would carry the API key in clear text: use https://`);
  }
  const turns = userTurnsOf(planOf({ budget } as DriftOptions, config, target, io.env));
  if (turns <= HARMLESS_TURNS || confirmTarget === host) return;
  throw new HarnessError(
    EXIT.refused,
    `drift would send ${turns} user turns to ${host}, and each costs a reply: to go on, type --confirm-target ${host}`,
  );
}

async function accept(options: DriftOptions, what: string, io: Io): Promise<number> {
  const memory = memoryFolder(options, io.cwd);
  const path = join(resolve(io.cwd, what), 'result.json');
  if (!existsSync(path)) {
    const { reason, owner, expires } = options;
    await acceptFinding(memory, { id: what, reason, owner, expires });
    io.out(`${what} is accepted until ${expires}\n`);
    return EXIT.pass;
  }
  const result = JSON.parse(await readFile(path, 'utf8')) as DriftResult;
  if (result.kind !== 'drift') throw usageError(`${path} is not the result of a drift check`);
  if (result.verdict === 'no-evidence') throw usageError(`${path} has no evidence: it cannot be a baseline`);
  io.out(`${await acceptRun(memory, result)} baselines in ${memory}\n`);
  return EXIT.pass;
}
