import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DriftResult } from '../../contracts/generated/findings.ts';

/** What one check found, by fingerprint. */
export interface PastCheck {
  readonly runId: string;
  /** Epoch ms of its first request. */
  readonly at: number;
  readonly verdict: DriftResult['verdict'];
  /** Accepted ones, too. */
  readonly findings: readonly { readonly id: string; readonly k: number; readonly n: number }[];
}

const FILE = 'history.ndjson';
const KEPT = 60;

/** Earlier checks, oldest first; a line that cannot be read is left out. */
export async function readHistory(memory: string): Promise<PastCheck[]> {
  const text = await readFile(join(memory, FILE), 'utf8').catch(() => '');
  const checks = text.split('\n').flatMap((line): PastCheck[] => {
    try {
      return line === '' ? [] : [JSON.parse(line) as PastCheck];
    } catch {
      return [];
    }
  });
  return checks.sort((a, b) => a.at - b.at);
}

/** Adds a check to the history, of which the latest 60 stay; one that is there already is replaced. Returns the earlier ones. */
export async function remember(memory: string, result: DriftResult): Promise<PastCheck[]> {
  const { runId, startedAt, verdict, findings, accepted } = result;
  const earlier = (await readHistory(memory)).filter((check) => check.runId !== runId);
  if (startedAt === null) return earlier;
  const own: PastCheck = {
    runId,
    at: startedAt,
    verdict,
    findings: [...findings, ...accepted].map(({ id, frequency: { k, n } }) => ({ id, k, n })),
  };
  const kept = [...earlier, own].sort((a, b) => a.at - b.at).slice(-KEPT);
  await mkdir(memory, { recursive: true });
  await writeFile(join(memory, FILE), kept.map((check) => `${JSON.stringify(check)}\n`).join(''));
  return earlier.filter(({ at }) => at < startedAt);
}
