import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import type { Result } from '../../../contracts/generated/result.ts';
import { mixOf } from '../../capacity/measure/user-turns.ts';
import { CLI, PACKAGE_ROOT } from '../../foundation/package-root.ts';
import { durationMs } from '../../run/config/duration.ts';
import { serveCommand } from '../../run/serve-command.ts';
import { readWorkload } from '../../run/workload/read.ts';
import { descendantsOf, residentBytes } from '../process-tree.ts';
import { type MemorySample, slopeOf } from './memory.ts';

/**
 * A long run against the reference server, each in a process of its own: does the memory of k6 or of the harness grow, is
 * anything lost, and does the verdict stand? `--duration 3m` for a short one, `--rate` in turns a second.
 */
const { values } = parseArgs({
  options: { duration: { type: 'string', default: '30m' }, rate: { type: 'string', default: '200' } },
});
const seconds = durationMs(values.duration) / 1000;
/** Pools fill and caches warm in the first fifth; it says nothing about growth. */
const WARM_UP_SHARE = 0.2;
const SAMPLE_MS = 1_000;
/** Growth that a run of any length can bear, as a share of the mean over the measured time. */
const FLAT_SHARE = 0.1;

const server = await startServer();
const path = join(PACKAGE_ROOT, 'results', `soak-${Date.now().toString(36)}`);
const config = `${path}.config.json`;
await mkdir(join(PACKAGE_ROOT, 'results'), { recursive: true });
const { conversations } = await readWorkload();
const rate = Number(values.rate) / mixOf(conversations, 0).userTurns;
await writeFile(config, JSON.stringify({ thinkTime: { mean: '1s' }, drain: '15s', timeout: '10s' }));
const { url, botId, keys } = server.ready;
const args = [
  'run',
  'soak',
  '--rate',
  rate.toFixed(2),
  '--duration',
  values.duration,
  '--config',
  config,
  '--out',
  path,
];
const cli = execa(process.execPath, [CLI, ...args], {
  env: { FINI_BASE_URL: url, FINI_BOT_ID: botId, FINI_API_KEY: keys.readWrite },
  reject: false,
  stdin: 'ignore',
  stdout: 'inherit',
  stderr: 'inherit',
});
const samples: Record<'k6' | 'harness', MemorySample[]> = { k6: [], harness: [] };
const over = new AbortController();
const sampling = sample(cli.pid ?? 0);
const { exitCode } = await cli;
over.abort();
await sampling;
const truth = (await (await fetch(`${url}/__truth`)).json()) as { turns: { received: number } };
await server.close();
report((JSON.parse(await readFile(join(path, 'result.json'), 'utf8')) as Result).counts, truth.turns.received);

/** The server in a process of its own, so that it takes no turn of this one. */
async function startServer() {
  const options = join(PACKAGE_ROOT, 'results', 'soak-server.json');
  await mkdir(join(PACKAGE_ROOT, 'results'), { recursive: true });
  await writeFile(options, JSON.stringify({ service: { law: 'log-normal', meanMs: 300, cv: 0.6 }, keepTurns: 1_000 }));
  const [file, args] = await serveCommand(options);
  const child = execa(file, args, { stdin: 'ignore', stderr: 'inherit', buffer: false, reject: false });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const ready = JSON.parse(String(line)) as { url: string; botId: string; keys: { readWrite: string } };
  return {
    ready,
    close: async () => {
      child.kill('SIGTERM');
      await child;
    },
  };
}

/** Of k6, and of the harness for as long as k6 runs: what comes after is the analysis. */
async function sample(harness: number): Promise<void> {
  const begun = performance.now();
  let k6: number | undefined;
  while (!over.signal.aborted) {
    k6 ??= descendantsOf(harness).find(({ name }) => name === 'k6')?.pid;
    const at = (performance.now() - begun) / 1000;
    const ofK6 = k6 === undefined ? undefined : residentBytes(k6);
    const ofHarness = residentBytes(harness);
    if (ofK6 !== undefined && ofHarness !== undefined) {
      samples.k6.push({ at, bytes: ofK6 });
      samples.harness.push({ at, bytes: ofHarness });
    }
    await delay(SAMPLE_MS, undefined, { signal: over.signal }).catch(() => undefined);
  }
}

function report(counts: Result['counts'], received: number): void {
  const settled = counts.sent - counts.cut;
  const isWhole = counts.sent === received && counts.sent === settled;
  const isFlat = (['k6', 'harness'] as const).map(tellMemory).every((flat) => flat);
  console.log(`turns: ${counts.sent} sent, ${received} received, ${settled} settled${isWhole ? '' : ': NOT equal'}`);
  console.log(`exit code of the run: ${exitCode}`);
  process.exitCode = isWhole && isFlat && exitCode === 0 ? 0 : 1;
}

/** Says how memory went; whether it is flat: no growth beyond chance, or so little that it does not matter. */
function tellMemory(name: 'k6' | 'harness'): boolean {
  const steady = samples[name].filter(({ at }) => at > WARM_UP_SHARE * seconds && at < seconds);
  const slope = slopeOf(steady);
  if (slope === undefined) {
    console.log(`memory of ${name}: too few samples`);
    return false;
  }
  const { meanBytes, bytesPerMinute, lower, upper, spans } = slope;
  const [mb, kb] = [(bytes: number) => (bytes / 1e6).toFixed(1), (bytes: number) => (bytes / 1e3).toFixed(0)];
  const grownBytes = (bytesPerMinute * (1 - WARM_UP_SHARE) * seconds) / 60;
  const isFlat = lower <= 0 || grownBytes < FLAT_SHARE * meanBytes;
  console.log(
    `memory of ${name}: ${mb(meanBytes)} MB, ${kb(bytesPerMinute)} kB/min [${kb(lower)}, ${kb(upper)}] after warm-up, ${steady.length} samples in ${spans} spans${isFlat ? '' : ': NOT flat'}`,
  );
  return isFlat;
}
