import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { contentEncodingUnread } from '../../../contracts/rules/content-encoding-unread.ts';
import { usageError } from '../../foundation/errors.ts';
import { isSound } from '../../ledger/columns.ts';
import { type Database, text } from '../../ledger/database.ts';
import { storedLedger } from '../../ledger/ledger-lines.ts';
import { runOnLedgers } from '../../ledger/ledger-source.ts';
import { type RunFolder, readPlan, runFolder } from '../../ledger/run-folder.ts';

/** A load run, or the runs of a capacity search, whose answers were kept. */
export interface LoadRun {
  readonly path: string;
  /** Of the first of its runs. */
  readonly plan: Plan;
  readonly ledgers: readonly string[];
}

/** @throws HarnessError (2) for a folder that holds no run */
export async function findLoadRun(path: string): Promise<LoadRun> {
  const folders = existsSync(join(path, 'search.json')) ? await rungsOf(path) : [runFolder(path)];
  const [first] = folders;
  if (first === undefined)
    throw usageError(`${path} contains no run: give the folder of a run, a search or a drift check`);
  return { path, plan: await readPlan(first), ledgers: folders.map(ledgerOf) };
}

async function rungsOf(path: string): Promise<RunFolder[]> {
  const names = await readdir(join(path, 'rungs')).catch(() => []);
  return names
    .sort()
    .map((name) => runFolder(join(path, 'rungs', name)))
    .filter((folder) => existsSync(folder.plan) && existsSync(folder.ledger));
}

function ledgerOf(folder: RunFolder): string {
  const found = storedLedger(folder);
  if (found === undefined) throw usageError(`${folder.path} has no ledger (turns.ndjson)`);
  return found;
}

/**
 * Tables of all ledgers together. `answer`: a settled turn with its role and whether it continued its conversation,
 * `judged` where an answer came that tells of the contract. `form`: what the answers of a form look like.
 */
export async function openAnswers(db: Database, { ledgers }: LoadRun): Promise<void> {
  const sqlOf = (source: string): string => `CREATE TABLE line AS SELECT * FROM ${source} WHERE ${isSound()}`;
  await runOnLedgers(db, ledgers, sqlOf, { options: `filename = 'ledger',` });
  await db.run(
    `CREATE TABLE answer AS
     SELECT t.*, coalesce(s.role, 'user') AS said, s.interactionId IS NOT NULL AS continued,
       coalesce(s.sentAt, t.settledAt) AS began, t.outcome = 'answered' AND NOT (t.status IN (413, 429, 502, 503, 504)
         OR t.status BETWEEN 520 AND 530) AND NOT list_contains(list_transform(t.violations, lambda v: v.rule), ${text(contentEncodingUnread.id)}) AS judged, len(list_filter(t.violations, lambda v: v.class <> 'additive')) = 0 AS clean
     FROM (SELECT * EXCLUDE (role, sentAt, interactionId) FROM line WHERE kind = 'settled') t
     LEFT JOIN (SELECT ledger, conversation, turn, attempt, role, interactionId, sentAt FROM line WHERE kind = 'sent') s
       USING (ledger, conversation, turn, attempt)`,
  );
  await db.run(
    `CREATE TABLE form AS SELECT form, any_value(shapes) AS shapes FROM line WHERE kind = 'form' GROUP BY form`,
  );
}
