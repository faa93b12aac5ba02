import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ShapeBaseline } from '../../drift/judge/judge-shapes.ts';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';
import type { Outcome } from './outcome.ts';

/** Where outcomes are kept, so that a proof that was stopped goes on. */
export const OUTCOMES = join(PACKAGE_ROOT, 'results', 'drift-proof.ndjson');

/** What a trial runs: a change of any of it makes earlier outcomes those of another revision. */
const RUNS = ['contracts', 'scenarios/probes', 'scripts/drift', 'scripts/reference-server'];
const NOT_RUN = [join('contracts', 'generated'), join('contracts', 'files'), '.md'];
const REVISION_DIGITS = 10;

/** Names the code of the check and of the server that it is tried on. */
export async function revisionOfCheck(): Promise<string> {
  const listed = await Promise.all(
    RUNS.map(async (folder) => {
      const entries = await readdir(join(PACKAGE_ROOT, folder), { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    }),
  );
  const hash = createHash('sha256');
  const files = listed.flat().filter((file) => !NOT_RUN.some((part) => file.includes(part)));
  for (const file of files.sort()) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, REVISION_DIGITS);
}

/** The outcomes of a revision; of several of one trial the last one counts. */
export async function readOutcomes(revision: string): Promise<ReadonlyMap<string, Outcome>> {
  const text = await readFile(OUTCOMES, 'utf8').catch(() => '');
  const outcomes = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Outcome);
  return new Map(outcomes.filter((one) => one.revision === revision).map((one) => [one.key, one]));
}

export async function keepOutcome(outcome: Outcome): Promise<void> {
  await mkdir(dirname(OUTCOMES), { recursive: true });
  await appendFile(OUTCOMES, `${JSON.stringify(outcome)}\n`);
}

const baselinesAt = (revision: string, budget: string): string =>
  join(dirname(OUTCOMES), `drift-proof.${revision}.${budget}.json`);

/** The accepted runs of a revision, if an earlier call made them. */
export async function readBaselines(revision: string, budget: string): Promise<ShapeBaseline[] | undefined> {
  const text = await readFile(baselinesAt(revision, budget), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as ShapeBaseline[]);
}

export async function keepBaselines(revision: string, budget: string, runs: readonly ShapeBaseline[]): Promise<void> {
  await mkdir(dirname(OUTCOMES), { recursive: true });
  await writeFile(baselinesAt(revision, budget), JSON.stringify(runs));
}
