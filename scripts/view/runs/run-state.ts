import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runFolder } from '../../ledger/run-folder.ts';
import { PROCESS_FILE, runLiveness } from '../../run/run-process.ts';
import type { RunState } from '../answers.ts';

/** Whether a run goes on: by its process, not by its silence. */
export async function runState(path: string): Promise<RunState> {
  const [begun, ...ends] = await Promise.all(
    [join(path, PROCESS_FILE), runFolder(path).result, join(path, 'comparison.json')].map(timeOf),
  );
  const ended = Math.max(...ends.map((time = 0) => time));
  if (ended > 0 && ended >= (begun ?? 0)) return 'ended';
  const liveness = await runLiveness(path);
  // A search that goes on with a larger budget has an older result; one that was copied has files of any age.
  if (ended > 0 && liveness !== 'alive') return 'ended';
  return liveness === 'alive' ? 'running' : liveness === 'gone' ? 'killed' : 'unknown';
}

/** Of a run by itself, or of one that is part of a search or a comparison. */
export async function stateOf(path: string): Promise<RunState> {
  const whole = dirname(dirname(path));
  const files = [join(path, PROCESS_FILE), join(whole, 'search.json'), join(whole, 'interleave.json')];
  const [own, ...wholes] = await Promise.all(files.map(timeOf));
  return own === undefined && wholes.some((time) => time !== undefined) ? partState(path) : runState(path);
}

/** Of a rung of a search or a run of a comparison, which goes on as long as the whole does. */
export async function partState(path: string): Promise<RunState> {
  if ((await timeOf(join(path, PROCESS_FILE))) !== undefined) return runState(path);
  const ends = await Promise.all([runFolder(path).facts, runFolder(path).result].map(timeOf));
  if (ends.some((time) => time !== undefined)) return 'ended';
  const whole = await runState(dirname(dirname(path)));
  return whole === 'ended' ? 'killed' : whole;
}

const timeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
