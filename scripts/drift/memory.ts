import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Acceptance, DriftResult } from '../../contracts/generated/findings.ts';
import { usageError } from '../errors.ts';
import { writeJson } from '../run-folder.ts';
import type { ShapeBaseline } from './judge-shapes.ts';

/** What earlier checks left for later ones, in a folder that is kept in git. */
export interface DriftMemory {
  readonly baselines: readonly ShapeBaseline[];
  readonly acceptances: readonly Acceptance[];
}

/** More than the five that a comparison between runs needs. */
const KEPT = 10;
const ACCEPTED = 'accepted.json';
const FINGERPRINT = /^[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** @throws HarnessError (2) for a file that cannot be read */
export async function readMemory(folder: string): Promise<DriftMemory> {
  const files = await baselineFiles(folder);
  const baselines = await Promise.all(files.map((file) => readJson<ShapeBaseline>(join(folder, 'baselines', file))));
  const acceptances = await readJson<Acceptance[]>(join(folder, ACCEPTED), []);
  return { baselines, acceptances };
}

/** Takes the shapes of a check into the baselines; the oldest ones go. */
export async function acceptRun(folder: string, { runId, startedAt, shapes, findings }: DriftResult): Promise<number> {
  const baselines = join(folder, 'baselines');
  await mkdir(baselines, { recursive: true });
  const baseline: ShapeBaseline = { runId, shapes, findings: findings.map(({ id }) => id) };
  const stamp = new Date(startedAt ?? 0).toISOString().slice(0, 19).replaceAll(':', '-');
  await writeJson(join(baselines, `${stamp}-${runId}.json`), baseline);
  const files = await baselineFiles(folder);
  await Promise.all(files.slice(0, -KEPT).map((file) => rm(join(baselines, file))));
  return Math.min(files.length, KEPT);
}

/**
 * Accepts a finding until a day: it is shown, and decides nothing.
 * @throws HarnessError (2) without a reason, an owner and a day
 */
export async function acceptFinding(folder: string, acceptance: Acceptance): Promise<void> {
  const { id, reason, owner, expires } = acceptance;
  if (!FINGERPRINT.test(id)) throw usageError(`${id} is neither the folder of a drift check nor the id of a finding`);
  if (reason === '' || owner === '') throw usageError('to accept a finding, say --reason and --owner');
  if (!DATE.test(expires)) throw usageError('to accept a finding, say until when: --expires 2026-12-31');
  await mkdir(folder, { recursive: true });
  const { acceptances } = await readMemory(folder);
  await writeJson(join(folder, ACCEPTED), [...acceptances.filter((one) => one.id !== id), acceptance]);
}

async function baselineFiles(folder: string): Promise<string[]> {
  const files = await readdir(join(folder, 'baselines')).catch(() => []);
  return files.filter((file) => file.endsWith('.json')).sort();
}

async function readJson<T>(path: string, absent?: T): Promise<T> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if (absent !== undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return absent;
    throw usageError(`cannot read ${path}: ${(error as Error).message}`, { cause: error });
  }
}
