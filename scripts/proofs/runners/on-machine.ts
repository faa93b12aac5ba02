import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { CLI } from '../../foundation/package-root.ts';
import { segmentArguments } from '../../k6/segment.ts';
import { serveHere } from '../kills/served.ts';
import { descendantsOf } from '../process-tree.ts';
import { disturb } from './disturb.ts';
import { CONFIG, LOAD, type Outcome, outcomeOf, SERVICE, type Trial } from './trial.ts';

/** Executes a trial with `run --runners` in an empty folder. Linux. */
export async function onMachine({ runners, disturbance }: Trial, cwd: string, k6: string): Promise<Outcome> {
  await writeFile(join(cwd, 'fini-harness.config.json'), JSON.stringify(CONFIG));
  const served = await serveHere(SERVICE);
  try {
    const args = ['run', ...LOAD, '--runners', String(runners), '--out', 'out', '--quiet', '--no-build'];
    const env = { ...served.env, K6_BIN: k6, FINI_HARNESS_CACHE: join(cwd, 'cache') };
    const harness = execa(process.execPath, [CLI, ...args], { cwd, env, reject: false, stdin: 'ignore' });
    const [segment = ''] = segmentArguments(runners, runners);
    const pid = (): number | undefined => processWith(harness.pid ?? 0, segment);
    await disturb(disturbance, {
      pid,
      isReady: () => pid() !== undefined,
      startAt: () => startAtIn(join(cwd, 'out', 'run.json')),
      received: () => served.turns?.().length ?? 0,
    });
    const { exitCode, stderr } = await harness;
    if (!existsSync(join(cwd, 'out', 'result.json'))) throw new Error(String(stderr));
    return outcomeOf(join(cwd, 'out'), exitCode, served.turns?.().length ?? 0);
  } finally {
    await served.close();
  }
}

/** The k6 of a segment among the children of a process. */
function processWith(parent: number, segment: string): number | undefined {
  const isIt = (pid: number): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(segment);
    } catch {
      return false;
    }
  };
  return descendantsOf(parent).find(({ pid, name }) => name === 'k6' && isIt(pid))?.pid;
}

function startAtIn(plan: string): number | undefined {
  try {
    return (JSON.parse(readFileSync(plan, 'utf8')) as Plan).startAt;
  } catch {
    return undefined;
  }
}
