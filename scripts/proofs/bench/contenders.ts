import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Target } from '../../../contracts/generated/plan.ts';
import { EVENTS_PATH } from '../../../contracts/paths.ts';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';
import { SCENARIO_OUT } from '../../k6/build/scenarios.ts';
import { planEnvironment } from '../../k6/plan-environment.ts';
import { prepare } from '../../run/plan/prepare.ts';
import type { Service } from '../../run/service.ts';
import { newGuard } from '../../secrets/guard.ts';
import { handOver } from '../../secrets/hand-over.ts';
import { servedTurns } from './served-turns.ts';

/** So many conversations at any time; each of their turns takes `serviceMs`. */
export interface BenchLoad {
  readonly concurrency: number;
  readonly serviceMs: number;
  readonly durationMs: number;
  /** Where given, the load ends after so many turns. */
  readonly turns?: number;
}

/** What k6 is given to run. */
export interface BenchRun {
  readonly bundle: string;
  readonly env: Readonly<Record<string, string>>;
  /** k6 as it comes, with its own summary. */
  readonly plain?: boolean;
  /** Removes what was made outside the folder. */
  readonly withdraw?: () => Promise<void>;
}

/** A way to put the same load on a service. */
export interface Contender {
  readonly name: string;
  readonly prepare: (load: BenchLoad, service: Service, folder: string) => Promise<BenchRun>;
}

const SOURCES = join(PACKAGE_ROOT, 'tools', 'bench');
const BUNDLES = join(PACKAGE_ROOT, 'dist', 'bench');
const CONTENT = 'Where is my order? It should have arrived on Monday.';
/** Part of the time in which conversations start one after the other; the scenario `load` has the same warm-up. */
const RAMP_SHARE = 0.2;
const KNOWN_CONVERSATIONS = 100;

/** Bundles the scripts that stand for k6 without the harness. */
export async function buildContenders(): Promise<void> {
  await build({
    absWorkingDir: SOURCES,
    entryPoints: ['bare.js', 'run-time-ajv.js'],
    outdir: BUNDLES,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2020',
    external: ['k6', 'k6/*'],
    logLevel: 'silent',
  });
}

const plainK6 =
  (script: string): Contender['prepare'] =>
  async ({ concurrency, durationMs, turns }, { target, apiKey }) => {
    const rampMs = turns === undefined ? RAMP_SHARE * durationMs : 0;
    const url = `${target.baseUrl}${EVENTS_PATH}`;
    const bench = { url, apiKey, botId: target.botId, content: CONTENT, concurrency, rampMs, durationMs, turns };
    return { bundle: join(BUNDLES, script), env: { BENCH: JSON.stringify(bench) }, plain: true };
  };

/** The harness with conversations of so many turns, without pauses; k6 looks for all that the CLI has it look for. */
const harness =
  (turns: number, strategy: 'single' | 'fixed' | 'discover'): Contender['prepare'] =>
  async ({ concurrency, durationMs, turns: most }, { target, apiKey }, folder) => {
    const config = join(folder, 'fini-harness.config.json');
    const workload = join(folder, 'workload.jsonl');
    const ids = join(folder, 'conversations.txt');
    if (strategy === 'fixed') await writeFile(ids, (await createConversations(target, apiKey)).join('\n'));
    const continuation = strategy === 'fixed' ? { strategy, ids } : { strategy };
    await writeFile(config, JSON.stringify({ thinkTime: { law: 'constant', mean: '0s' }, continuation }));
    const script = { id: 'bench', turns: Array.from({ length: turns }, () => ({ content: CONTENT })) };
    await writeFile(workload, `${JSON.stringify(script)}\n`);
    const conversations = most === undefined ? {} : { conversations: most / turns };
    const flags = { concurrency, duration: `${durationMs}ms`, workload, ...conversations };
    const guard = newGuard({ FINI_API_KEY: apiKey });
    const { plan } = await prepare(
      { scenario: 'load', flags, config, build: false, target },
      { env: {}, cwd: folder, guard, insecureTls: false },
    );
    const { path, redaction, withdraw } = await handOver(plan, join(folder, 'run.json'), guard);
    const env = { ...planEnvironment(plan, { path, apiKey }, {}), ...redaction, FINI_METRICS: 'none' };
    return { bundle: join(SCENARIO_OUT, 'load.js'), env, withdraw };
  };

/** Ids of new conversations: an agent's turns create them at once, and the server's truth names them. */
async function createConversations({ baseUrl, botId }: Target, apiKey: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ botId, role: 'agent', content: CONTENT });
  for (let i = 0; i < KNOWN_CONVERSATIONS; i++) {
    const response = await fetch(`${baseUrl}${EVENTS_PATH}`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`the server answered ${response.status} when conversations were created`);
    await response.text();
  }
  return (await servedTurns(baseUrl)).map(({ interactionId }) => interactionId);
}

export const BARE: Contender = { name: 'bare k6, a VU each', prepare: plainK6('bare.js') };
export const RUN_TIME_AJV: Contender = { name: 'k6 with run-time Ajv', prepare: plainK6('run-time-ajv.js') };
export const HARNESS: Contender = { name: 'fini-harness, 4 turns a conversation', prepare: harness(4, 'fixed') };
export const HARNESS_SINGLE: Contender = { name: 'fini-harness, 1 turn', prepare: harness(1, 'single') };
export const HARNESS_DISCOVERING: Contender = {
  name: 'fini-harness, 4 turns, ids discovered',
  prepare: harness(4, 'discover'),
};
