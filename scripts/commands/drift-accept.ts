import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DriftResult } from '../../contracts/generated/findings.ts';
import { assertKnownFinding } from '../drift/baseline/known-findings.ts';
import { acceptFinding, acceptRun, assertAcceptance } from '../drift/baseline/memory.ts';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Io } from '../foundation/io.ts';
import { plural } from '../foundation/text/format.ts';
import { parsed } from '../http/body-text.ts';
import type { DriftOptions } from './flags/drift-flags.ts';

/** Takes what a check saw as a baseline, or accepts one of its findings. */
export async function acceptDrift(options: DriftOptions, io: Io): Promise<number> {
  const { what } = options;
  if (what === undefined) throw usageError('drift accept needs the folder of a check, or the id of a finding');
  const memory = resolve(io.cwd, options.memory);
  const path = join(resolve(io.cwd, what), 'result.json');
  if (!existsSync(path)) return acceptOne(what, memory, options, io);
  const result = await readDriftResult(path, what);
  if (result.verdict === 'no-evidence') throw usageError(`${path} has no evidence and cannot be a baseline`);
  if (result.verdict === 'fail' && !options.force) {
    throw usageError(
      `${what} is a failed check: as a baseline it would hide its findings. Accept them one by one ` +
        'instead, or use --force',
    );
  }
  const holds = await acceptRun(memory, result, options.keep);
  io.out(`${plural(holds, 'baseline')} in ${memory}\n`);
  return EXIT.pass;
}

async function acceptOne(id: string, memory: string, options: DriftOptions, io: Io): Promise<number> {
  const { reason = '', owner = '', expires = '' } = options;
  const from = options.from && resolve(io.cwd, options.from);
  await assertKnownFinding(id, { memory, results: resolve(io.cwd, 'results'), from });
  const today = new Date().toISOString().slice(0, 10);
  assertAcceptance({ id, reason, owner, expires });
  if (expires < today) {
    throw usageError(
      `--expires ${expires} is in the past: give the last day on which the finding is accepted, from ${today} on`,
    );
  }
  await acceptFinding(memory, { id, reason, owner, expires });
  io.out(`${id} is accepted until ${expires}\n`);
  return EXIT.pass;
}

async function readDriftResult(path: string, what: string): Promise<DriftResult> {
  const result = parsed(await readFile(path, 'utf8')) as Partial<DriftResult> | null | undefined;
  if (result === undefined) {
    throw usageError(`${path} is damaged: rebuild it with \`fini-harness report ${what}\``);
  }
  if (result?.kind !== 'drift') {
    throw usageError(
      `${path} is not the result of a drift check: judge the run first with \`fini-harness drift --from ${what}\``,
    );
  }
  if (result.shapes !== undefined && result.statuses !== undefined) return result as DriftResult;
  throw usageError(`${path} was made by another version: rebuild it with \`fini-harness report ${what}\``);
}
