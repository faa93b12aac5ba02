import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DriftBaseline } from '../../../contracts/generated/drift-baseline.ts';
import type { Acceptance, DriftResult } from '../../../contracts/generated/findings.ts';
import { usageError } from '../../foundation/errors.ts';
import { unredacted } from '../../foundation/guard.ts';
import { parseFile } from '../../foundation/parse-file.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';
import { explain } from '../../foundation/schema/explain.ts';
import { type SchemaName, validatorOf } from '../../foundation/schema/validator.ts';
import { writeJson } from '../../ledger/run-folder.ts';
import { LEAST_BASELINES } from './distributions.ts';

/** What earlier runs left for later ones, in a folder that is kept in git. */
export interface DriftMemory {
  /** Oldest first. */
  readonly baselines: readonly DriftBaseline[];
  readonly acceptances: readonly Acceptance[];
}

const BASELINES = 'baselines';
const ACCEPTED = 'accepted.json';
const FINGERPRINT = /^[0-9a-f]{12}$/;

/** @throws HarnessError (2) for a file that cannot be read, or is not what this version writes */
export async function readMemory(folder: string): Promise<DriftMemory> {
  const files = await baselineFiles(folder);
  const baselines = await Promise.all(
    files.map((file) => readJson<DriftBaseline>(join(folder, BASELINES, file), 'drift-baseline')),
  );
  const acceptances = await readJson<Acceptance[]>(join(folder, ACCEPTED), 'acceptances', []);
  return { baselines, acceptances };
}

/** What a run leaves to compare later ones with. */
export function baselineOf({ startedAt, findings, accepted, ...result }: DriftResult): DriftBaseline {
  const { runId, source, contract, shapes, statuses, replies, wording, relations, constants } = result;
  const more = { ...(wording && { wording }), ...(relations && { relations }), ...(constants && { constants }) };
  const ids = [...findings, ...accepted].map(({ id }) => id);
  return {
    version: 1,
    runId,
    at: startedAt ?? 0,
    source,
    contract,
    shapes,
    statuses,
    replies,
    ...more,
    findings: ids,
  };
}

/**
 * Takes what a run saw into the baselines, of which the latest `keep` stay; returns how many there are.
 * @throws HarnessError (2) for fewer than a comparison between runs needs
 */
export async function acceptRun(folder: string, result: DriftResult, keep: number): Promise<number> {
  if (!Number.isInteger(keep) || keep < LEAST_BASELINES) {
    throw usageError(
      `--keep ${keep}: must be a whole number of at least ${LEAST_BASELINES}, because fewer runs do not show the spread between runs`,
    );
  }
  const baseline = baselineOf(result);
  const path = join(folder, BASELINES);
  await mkdir(path, { recursive: true });
  const stamp = new Date(baseline.at).toISOString().slice(0, 19).replaceAll(':', '-');
  await writeJson(join(path, `${stamp}-${result.runId}.json`), baseline, unredacted);
  const files = await baselineFiles(folder);
  await Promise.all(files.slice(0, -keep).map((file) => rm(join(path, file))));
  return Math.min(files.length, keep);
}

/** @throws HarnessError (2) without a reason, an owner and a day that exists */
export function assertAcceptance(acceptance: Acceptance): void {
  const { id, reason, owner, expires } = acceptance;
  if (!FINGERPRINT.test(id)) throw usageError(`${id} is neither the folder of a drift check nor the id of a finding`);
  if (reason === '' || owner === '') throw usageError('to accept a finding, give --reason and --owner');
  if (expires === '')
    throw usageError('to accept a finding, give the last day on which it is accepted, such as --expires 2026-12-31');
  if (!validatorOf('acceptances')([acceptance])) {
    throw usageError(`--expires ${expires} is not a date; write it as 2026-12-31`);
  }
}

/**
 * Accepts a finding until a day: it is shown, and decides nothing.
 * @throws HarnessError (2) as `assertAcceptance`
 */
export async function acceptFinding(folder: string, acceptance: Acceptance): Promise<void> {
  assertAcceptance(acceptance);
  await mkdir(folder, { recursive: true });
  const { acceptances } = await readMemory(folder);
  const others = acceptances.filter(({ id }) => id !== acceptance.id);
  await writeJson(join(folder, ACCEPTED), [...others, acceptance], unredacted);
}

async function baselineFiles(folder: string): Promise<string[]> {
  const files = await readdir(join(folder, BASELINES)).catch(() => []);
  return files.filter((file) => file.endsWith('.json')).sort();
}

async function readJson<T>(path: string, schema: SchemaName, absent?: T): Promise<T> {
  const value = await readFile(path, 'utf8').then(
    (text) => parsed(path, text),
    (error: NodeJS.ErrnoException) => {
      if (absent !== undefined && error.code === 'ENOENT') return absent;
      throw usageError(`cannot read ${path}: ${readTrouble(error)}`, { cause: error });
    },
  );
  const validate = validatorOf(schema);
  if (validate(value)) return value as T;
  const [first] = explain(validate.errors ?? []);
  throw usageError(
    `${path} does not have the format of this version: ${first?.pointer} ${first?.text}; correct or remove it`,
  );
}

function parsed(path: string, text: string): unknown {
  try {
    return parseFile(text);
  } catch (error) {
    throw usageError(`${path} is damaged: ${(error as Error).message}; correct or remove it`, { cause: error });
  }
}
