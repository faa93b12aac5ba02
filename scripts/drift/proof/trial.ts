import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { SCENARIO_OUT } from '../../build/scenarios.ts';
import { runK6 } from '../../k6/run-k6.ts';
import {
  type ReferenceServer,
  type ReferenceServerOptions,
  startReferenceServer,
} from '../../reference-server/index.ts';
import { runFolder, writeJson } from '../../run-folder.ts';
import { judgeDrift } from '../judge-drift.ts';
import type { ShapeBaseline } from '../judge-shapes.ts';
import { makeDriftPlan } from '../make-drift-plan.ts';

/** A drift check of the reference server with some of its operators switched on. */
export interface Trial {
  readonly drifts: NonNullable<ReferenceServerOptions['drifts']>;
  readonly seed: number;
  readonly budget: string;
  readonly baselines?: readonly ShapeBaseline[];
}

/** Short looks: the reference server shows what it stored at once, or half a second later on a clock that is two seconds off. */
const LOOKS_MS = [0, 250, 500, 2_000];

/** Runs one trial with a server of its own, and returns its result. */
export async function tryDrift(k6: string, { drifts, seed, budget, baselines = [] }: Trial): Promise<DriftResult> {
  const server = await startReferenceServer({ seed, drifts });
  const path = await mkdtemp(join(tmpdir(), 'fini-drift-'));
  try {
    return await check(k6, server, path, { seed, budget, baselines });
  } finally {
    await server.close();
    await rm(path, { recursive: true });
  }
}

async function check(
  k6: string,
  { url, botId, foreignBotId, keys }: ReferenceServer,
  path: string,
  { seed, budget, baselines }: Required<Omit<Trial, 'drifts'>>,
): Promise<DriftResult> {
  const folder = runFolder(path);
  const plan = makeDriftPlan({
    runId: `trial-${seed}`,
    budget,
    seed,
    now: Date.now(),
    timeoutMs: 10_000,
    target: { baseUrl: url, botId, embedded: true },
    otherBotId: foreignBotId,
    keys: { read: true, write: true, revoked: true, other: true },
    looksMs: LOOKS_MS,
  });
  await writeJson(folder.plan, plan);
  await runK6({
    k6,
    bundle: join(SCENARIO_OUT, 'probes', 'suite.js'),
    cwd: path,
    ledger: folder.ledger,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      FINI_PLAN: folder.plan,
      FINI_API_KEY: keys.readWrite,
      FINI_READ_KEY: keys.read,
      FINI_WRITE_KEY: keys.write,
      FINI_REVOKED_KEY: keys.revoked,
      FINI_OTHER_KEY: keys.foreign,
    },
    args: [],
    signal: new AbortController().signal,
  });
  const policy = { strictAdditive: false, acceptances: [], baselines, today: '2000-01-01', interrupted: false };
  return judgeDrift(plan, folder, policy);
}
