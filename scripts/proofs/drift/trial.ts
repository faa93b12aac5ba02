import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DriftPlan } from '../../../contracts/generated/drift-plan.ts';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { CONVERSATIONS_PATH } from '../../../contracts/paths.ts';
import type { ShapeBaseline } from '../../drift/judge/judge-shapes.ts';
import { judgeDrift } from '../../drift/judge-drift.ts';
import { makeDriftPlan } from '../../drift/plan/make-drift-plan.ts';
import { unredacted } from '../../foundation/guard.ts';
import { SCENARIO_OUT } from '../../k6/build/scenarios.ts';
import { planEnvironment } from '../../k6/plan-environment.ts';
import { runK6 } from '../../k6/run-k6.ts';
import { runFolder, writeJson } from '../../ledger/run-folder.ts';
import {
  type ReferenceServer,
  type ReferenceServerOptions,
  startReferenceServer,
} from '../../reference-server/index.ts';
import { newGuard } from '../../secrets/guard.ts';
import type { Mutation } from './mutations/mutation.ts';
import { startProxy } from './mutations/proxy.ts';

/** A drift check of the reference server with some of its operators switched on. */
export interface Trial {
  readonly drifts: NonNullable<ReferenceServerOptions['drifts']>;
  readonly seed: number;
  readonly budget: string;
  readonly baselines?: readonly ShapeBaseline[];
  /** Replicas may differ for so long. */
  readonly graceMs?: number;
  /** A drift that a proxy makes in front of the server. */
  readonly mutation?: Pick<Mutation, 'changeRequest' | 'changeResponse'>;
  /** How long replies take; at once where it is left out. */
  readonly service?: NonNullable<ReferenceServerOptions['service']>;
  /** Changes the plan before it is run. */
  readonly focus?: (plan: DriftPlan) => DriftPlan;
}

export interface TrialRun {
  readonly result: DriftResult;
  /** How often the operators acted: by the server's own count. */
  readonly acted: number;
  readonly cpuSeconds: number;
  /** Conversations that are still there, in both workspaces. */
  readonly left: number;
}

/** Short looks: the reference server shows what it stored at once, or half a second later on a clock that is two seconds off. */
const LOOKS_MS = [0, 250, 500, 2_000];
/** Enough for drifts; a variation hides an event for up to two and a half seconds. */
const GRACE_MS = 1_000;

/** Runs one trial with a server of its own. */
export async function runTrial(k6: string, trial: Trial): Promise<TrialRun> {
  const { seed, drifts, mutation, service } = trial;
  const server = await startReferenceServer({ seed, drifts, ...(service && { service }) });
  const proxy = mutation === undefined ? undefined : await startProxy(server.url, mutation);
  const path = await mkdtemp(join(tmpdir(), 'fini-drift-'));
  try {
    const { result, cpuSeconds } = await check(k6, { ...server, url: proxy?.url ?? server.url }, path, trial);
    const counts = Object.values(server.truth().operators);
    const acted = counts.reduce((sum, count) => sum + count, proxy?.acted() ?? 0);
    return { result, acted, cpuSeconds, left: await conversationsOf(server) };
  } finally {
    await proxy?.close();
    await server.close();
    await rm(path, { recursive: true });
  }
}

async function conversationsOf({ url, keys }: ReferenceServer): Promise<number> {
  const counts = [keys.readWrite, keys.foreign].map(async (key) => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`${url}${CONVERSATIONS_PATH}?limit=100`, { headers });
    return ((await answer.json()) as { interactions?: unknown[] }).interactions?.length ?? 0;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** The result of one trial. */
export async function tryDrift(k6: string, trial: Trial): Promise<DriftResult> {
  return (await runTrial(k6, trial)).result;
}

async function check(
  k6: string,
  { url, botId, taggedBotId, foreignBotId, keys }: ReferenceServer,
  path: string,
  { seed, budget, graceMs = GRACE_MS, baselines = [], focus = (plan) => plan }: Trial,
): Promise<{ result: DriftResult; cpuSeconds: number }> {
  const folder = runFolder(path);
  const plan = focus(
    makeDriftPlan({
      runId: `trial-${seed}`,
      budget,
      seed,
      now: Date.now(),
      timeoutMs: 10_000,
      target: { baseUrl: url, botId, embedded: true },
      otherBotId: foreignBotId,
      taggedBotId,
      keys: { read: true, write: true, revoked: true, other: true },
      looksMs: LOOKS_MS,
      graceMs,
    }),
  );
  const spare = {
    FINI_READ_KEY: keys.read,
    FINI_WRITE_KEY: keys.write,
    FINI_REVOKED_KEY: keys.revoked,
    FINI_OTHER_KEY: keys.foreign,
  };
  await writeJson(folder.plan, plan, unredacted);
  const { cpuSeconds = 0 } = await runK6({
    k6,
    bundle: join(SCENARIO_OUT, 'probes', 'suite.js'),
    cwd: path,
    ledger: folder.ledger,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...planEnvironment({ lanes: 1 }, { path: folder.plan, apiKey: keys.readWrite }, {}),
      FINI_REDACTION: JSON.stringify(newGuard({ ...spare, FINI_API_KEY: keys.readWrite }).forbidden().keys),
      ...spare,
    },
    args: [],
    signal: new AbortController().signal,
  });
  const policy = { strictAdditive: false, acceptances: [], baselines, today: '2000-01-01', interrupted: false };
  return { result: await judgeDrift(plan, folder, policy), cpuSeconds };
}
