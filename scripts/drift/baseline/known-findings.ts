import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { usageError } from '../../foundation/errors.ts';
import { didYouMean } from '../../foundation/nearest.ts';
import { readHistory } from './history.ts';
import { readMemory } from './memory.ts';

/** Where checks and what they found are looked for. */
export interface FindingSources {
  /** Folder of baselines, accepted findings and history. */
  readonly memory: string;
  /** Folder of results folders. */
  readonly results: string;
  /** A results folder that lies elsewhere. */
  readonly from?: string | undefined;
}

/**
 * What nobody has found must not be accepted: a mistyped id would suppress nothing, without a word.
 * @throws HarnessError (2) that names the nearest id
 */
export async function assertKnownFinding(id: string, { memory, results, from }: FindingSources): Promise<void> {
  const remembered = await idsInMemory(memory);
  if (remembered.includes(id)) return;
  const folders = [...(from === undefined ? [] : [from]), ...(await foldersIn(results))];
  const found = (await Promise.all(folders.map(idsInFolder))).flat();
  if (found.includes(id)) return;
  const advice = didYouMean(id, [...new Set([...remembered, ...found])]);
  throw usageError(
    `${id} is neither the folder of a drift check nor the id of a finding of one in ${memory} or ${results}` +
      (advice || '; give the folder of its check with --from'),
  );
}

async function idsInMemory(memory: string): Promise<string[]> {
  const { baselines, acceptances } = await readMemory(memory);
  const checks = await readHistory(memory);
  return [
    ...checks.flatMap(({ findings }) => findings.map(({ id }) => id)),
    ...baselines.flatMap(({ findings }) => findings),
    ...acceptances.map(({ id }) => id),
  ];
}

async function foldersIn(results: string): Promise<string[]> {
  const names = await readdir(results).catch(() => []);
  return names.map((name) => join(results, name));
}

/** Of a drift check, or of a run that was judged as one; none where it is neither. */
async function idsInFolder(folder: string): Promise<string[]> {
  const texts = [folder, join(folder, 'drift')].map((path) => readFile(join(path, 'result.json'), 'utf8'));
  const read = await Promise.allSettled(texts);
  return read.flatMap((each) => (each.status === 'fulfilled' ? idsOf(each.value) : []));
}

function idsOf(text: string): string[] {
  try {
    const { kind, findings = [], accepted = [] } = JSON.parse(text) as Partial<DriftResult>;
    return kind === 'drift' ? [...findings, ...accepted].map(({ id }) => id) : [];
  } catch {
    return [];
  }
}
