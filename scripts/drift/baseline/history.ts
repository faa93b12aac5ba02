import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DriftResult, Replies } from '../../../contracts/generated/findings.ts';
import { type Redact, redactStrings } from '../../../contracts/redact.ts';
import { unredacted } from '../../foundation/guard.ts';
import { parseFile } from '../../foundation/parse-file.ts';
import { writeWhole } from '../../secrets/write-whole.ts';

/** What one check found, by fingerprint. */
export interface PastCheck {
  readonly runId: string;
  /** Epoch ms of its first request; null where it sent none. */
  readonly at: number | null;
  readonly verdict: DriftResult['verdict'];
  /** Accepted ones, too. */
  readonly findings: readonly { readonly id: string; readonly rule: string; readonly k: number; readonly n: number }[];
  readonly replies?: Replies | null;
}

const FILE = 'history.ndjson';
const KEPT = 60;

/** Earlier checks, oldest first; a line that cannot be read is left out. */
export async function readHistory(memory: string): Promise<PastCheck[]> {
  const text = await readFile(join(memory, FILE), 'utf8').catch(() => '');
  const checks = text.split('\n').flatMap((line): PastCheck[] => {
    try {
      return line === '' ? [] : [parseFile(line) as PastCheck];
    } catch {
      return [];
    }
  });
  return checks.sort(byTime);
}

/** The replies of the checks before a run, since the latest baseline: what was accepted is no news. Oldest first. */
export async function nightsBefore(
  memory: string,
  { runId, createdAt }: { readonly runId: string; readonly createdAt: string },
  baselines: readonly { readonly runId: string; readonly at: number }[],
): Promise<(Replies | null)[]> {
  const since = Math.max(...baselines.map((baseline) => baseline.at));
  const isNight = (past: PastCheck): boolean =>
    past.runId !== runId && past.at !== null && past.at > since && past.at < Date.parse(createdAt);
  return (await readHistory(memory)).filter(isNight).map(({ replies = null }) => replies);
}

/** Adds a check to the history, of which the latest 60 stay; one that is there already is replaced. Returns the earlier ones. */
export async function remember(memory: string, result: DriftResult, redact: Redact): Promise<PastCheck[]> {
  const own = pastCheck(result);
  const others = (await readHistory(memory)).filter(({ runId }) => runId !== own.runId);
  if (own.at === null) return others;
  const kept = [...others, own].sort(byTime);
  await mkdir(memory, { recursive: true });
  await writeWhole(
    join(memory, FILE),
    kept
      .slice(-KEPT)
      .map((check) => `${JSON.stringify(redactStrings(check, redact))}\n`)
      .join(''),
    unredacted,
  );
  return kept.slice(0, kept.indexOf(own));
}

/** A check as the history keeps it. */
export function pastCheck({ runId, startedAt, verdict, findings, accepted, replies }: DriftResult): PastCheck {
  const kept = [...findings, ...accepted].map(({ id, rule, frequency: { k, n } }) => ({ id, rule, k, n }));
  return { runId, at: startedAt, verdict, findings: kept, replies };
}

const byTime = (a: PastCheck, b: PastCheck): number => (a.at ?? 0) - (b.at ?? 0);
