import { resolve } from 'node:path';
import type { DriftPlan } from '../../contracts/generated/drift-plan.ts';
import { readMemory } from '../drift/baseline/memory.ts';
import { conclude } from '../drift/conclude.ts';
import { rejudge } from '../drift/from-run/rejudge.ts';
import { judgeDrift } from '../drift/judge-drift.ts';
import { makeDriftPlan, userTurnsOf } from '../drift/plan/make-drift-plan.ts';
import { mostProbeTurns, sentProbeTurns } from '../drift/probe-turns.ts';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { INSECURE } from '../foundation/text/target.ts';
import { sayProxy } from '../http/use-proxy.ts';
import { buildAll } from '../k6/build/all.ts';
import { findK6, type K6 } from '../k6/provision.ts';
import { createRunFolder, type RunFolder } from '../ledger/run-folder.ts';
import { admit } from '../run/admit.ts';
import { announceStop } from '../run/announce-stop.ts';
import { durationMs } from '../run/config/duration.ts';
import { apiKeyOf } from '../run/config/environment.ts';
import { type FullConfig, loadConfig } from '../run/config/load.ts';
import { targetOf } from '../run/plan/prepare.ts';
import { askToConfirm, assertConfirmed } from '../run/plan/safety.ts';
import { preflight } from '../run/preflight.ts';
import { runInK6 } from '../run/run-in-k6.ts';
import { realService, type Service, startEmbedded, wantsEmbedded } from '../run/service.ts';
import { acceptDrift } from './drift-accept.ts';
import { type DriftOptions, memoryFolder } from './drift-options.ts';
import { spendingOf } from './spending-options.ts';

/** User turns that go to any host without confirmation. */
const HARMLESS_TURNS = 20;
/** What the probes' own scenario allows. */
const LONGEST_MS = 3 * 3_600_000;

/** Probes whether the API still keeps its contract, and judges what came. */
export const drift: Command<DriftOptions> = async (options, io) => {
  if (options.accept !== undefined) return acceptDrift(options, options.accept, io);
  if (options.from !== undefined) return judgeAgain(options, options.from, io);
  const { baseUrl, botId, timeout, seed } = options;
  const flags = { baseUrl, botId, timeout, seed, ...spendingOf(options) };
  const { config } = await loadConfig({ flags, path: options.config }, io);
  const target = targetOf(config, io.insecureTls);
  const embedded = wantsEmbedded(options.embedded, { target }, io.env);
  if (options.plan) return showPlan(options, config, target, io);
  if (!embedded) await assertMaySend(options, config, target, io);
  if (options.build) await buildAll();
  const k6 = await findK6(io);
  const service: Service = embedded
    ? await startEmbedded({ config: { ...config } }, io)
    : realService({ target }, apiKeyOf(io.env));
  try {
    sayProxy(service.target, io);
    const { canRead } = await preflight(service.target, service.apiKey);
    if (!canRead) throw usageError('the API key lacks the read scope, without which nothing can be read back');
    const env = { ...io.env, ...service.spare };
    const { strictAdditive, strictStatistical } = options;
    const judge = { strictAdditive, strictStatistical };
    const plan = { ...planOf(options, config, service.target, env), judge };
    const { folder, interrupted } = await probe(plan, { config, out: options.out, k6, service, env }, io);
    return await judgeRun(options, plan, folder, interrupted, io);
  } finally {
    await service.close();
  }
};

interface Probing {
  readonly config: FullConfig;
  readonly out: string | undefined;
  readonly k6: K6;
  readonly service: Service;
  readonly env: Io['env'];
}

/** Sends the probes of a plan, into a folder of their own. */
async function probe(
  plan: DriftPlan,
  { config, out, k6, service, env }: Probing,
  io: Io,
): Promise<{ folder: RunFolder; interrupted: boolean }> {
  const intent = { what: 'fini-harness drift', most: mostProbeTurns(plan), limits: config, lengthMs: LONGEST_MS };
  const admission = await admit(intent, service, io);
  try {
    const folder = await createRunFolder({ out, scenario: 'drift' }, io.cwd);
    await admission.begin();
    io.err(`${userTurnsOf(plan)} user turns, ${plan.chains.length} chains of probes\n`);
    const forgetStop = announceStop(io);
    const { exit } = await runInK6(
      {
        plan,
        lanes: 1,
        folder,
        k6,
        apiKey: service.apiKey,
        bundle: 'probes/suite',
        env,
        args: [],
        signal: io.signal,
      },
      io,
    ).finally(forgetStop);
    if (exit.end !== 'interrupted' && exit.exitCode !== 0) io.err(`${exit.stderr}\n`);
    // A probe in flight when k6 is ended is not in the ledger.
    await admission.settle(exit.end === 'finished' ? await sentProbeTurns(plan, folder.ledger) : 'all');
    return { folder, interrupted: exit.end === 'interrupted' };
  } finally {
    await admission.close();
  }
}

async function judgeRun(
  options: DriftOptions,
  plan: DriftPlan,
  folder: RunFolder,
  interrupted: boolean,
  io: Io,
): Promise<number> {
  const memory = memoryFolder(options, io.cwd);
  const { strictAdditive, strictStatistical, json } = options;
  const policy = { ...(await readMemory(memory)), strictAdditive, strictStatistical, interrupted };
  const result = await judgeDrift(plan, folder, { ...policy, today: plan.createdAt.slice(0, 10) });
  return conclude(result, { folder: folder.path, memory, json, propose: options.propose }, io);
}

async function judgeAgain(options: DriftOptions, from: string, io: Io): Promise<number> {
  const memory = memoryFolder(options, io.cwd);
  const { strictAdditive, strictStatistical, json } = options;
  const out = options.out === undefined ? undefined : resolve(io.cwd, options.out);
  const strictness = { strictAdditive, strictStatistical };
  const { result, folder } = await rejudge(resolve(io.cwd, from), { out, memory, strictness });
  return conclude(result, { folder, memory, json, propose: options.propose }, io);
}

function planOf(options: DriftOptions, config: FullConfig, target: DriftPlan['target'], env: Io['env']): DriftPlan {
  const now = Date.now();
  const plan = makeDriftPlan({
    runId: `drift-${now.toString(36)}`,
    budget: options.budget,
    seed: config.seed,
    now,
    timeoutMs: durationMs(config.timeout),
    target,
    otherBotId: env.FINI_OTHER_BOT_ID || undefined,
    taggedBotId: env.FINI_TAGGED_BOT_ID || undefined,
    keys: {
      read: Boolean(env.FINI_READ_KEY),
      write: Boolean(env.FINI_WRITE_KEY),
      revoked: Boolean(env.FINI_REVOKED_KEY),
      other: Boolean(env.FINI_OTHER_KEY),
    },
  });
  if (target.insecureTls !== true) return plan;
  return { ...plan, notTested: [...plan.notTested, { kind: 'TLS', reason: INSECURE }] };
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
      `  all turns   at most ${mostProbeTurns(plan).turns}`,
      `  price       ${cost}`,
      `  requests    at least ${probes}`,
      ...plan.notTested.map(({ kind, reason }) => `  not tested  ${kind}, ${reason}`),
      '',
    ].join('\n'),
  );
  return EXIT.pass;
}

/** @throws HarnessError (2 or 7) */
async function assertMaySend(
  { budget, confirmTarget }: DriftOptions,
  config: FullConfig,
  target: DriftPlan['target'],
  io: Io,
): Promise<void> {
  if (target.botId === '')
    throw usageError('no bot id: set FINI_BOT_ID, --bot-id, or botId in fini-harness.config.json');
  apiKeyOf(io.env);
  const turns = userTurnsOf(planOf({ budget } as DriftOptions, config, target, io.env));
  const sending = { what: 'drift', baseUrl: target.baseUrl, turns, harmless: turns <= HARMLESS_TURNS };
  assertConfirmed(sending, await askToConfirm(sending, confirmTarget, io));
}
