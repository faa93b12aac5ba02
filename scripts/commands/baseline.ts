import { resolve } from 'node:path';
import type { RunSummary } from '../../contracts/generated/baseline.ts';
import { type BaselineStore, baselineStore } from '../compare/baseline-store.ts';
import { readRuns } from '../compare/read-runs.ts';
import { nameOf } from '../compare/run-summary.ts';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { duration, instant, plural } from '../foundation/text/format.ts';
import { problemName } from '../report/problem-sentence.ts';
import type { BaselineOptions } from './flags/baseline-flags.ts';

/** Keeps the runs that candidates are compared with. */
export const baseline: Command<BaselineOptions> = async (options, io) => {
  const store = baselineStore(resolve(io.cwd, options.baselines));
  await act(options, store, io);
  return EXIT.pass;
};

async function act(
  { action, name = '', run: runs, keep }: BaselineOptions,
  store: BaselineStore,
  { out, cwd }: Io,
): Promise<void> {
  if (action !== 'list' && name === '') throw usageError(`baseline ${action} needs the name of a baseline`);
  switch (action) {
    case 'add': {
      if (runs.length === 0) throw usageError('baseline add needs the results of at least one run');
      const added = (await Promise.all(runs.map((source) => readRuns(source, cwd, store)))).flat();
      assertSound(added);
      out(`${name} holds ${plural(await store.add(name, added), 'run')}\n`);
      return;
    }
    case 'list': {
      const names = await store.list();
      if (names.length === 0) out('there are no baselines\n');
      for (const each of names) out(summary(each, await store.read(each)));
      return;
    }
    case 'show':
      out((await store.read(name)).map(describe).join(''));
      return;
    case 'prune':
      out(`${plural(await store.prune(name, keep), 'run')} went from ${name}\n`);
      return;
    default:
      return action satisfies never;
  }
}

/** `main  12 runs of 4 days, the last one 2026-01-31 09:30:00 UTC`; a comparison with other days needs 5 of 3. */
function summary(name: string, runs: readonly RunSummary[]): string {
  const last = runs.at(-1);
  const days = new Set(runs.map(({ at }) => instant(at).slice(0, 10))).size;
  const when = last === undefined ? '' : ` of ${plural(days, 'day')}, the last one ${instant(last.at)}`;
  return `${name}  ${plural(runs.length, 'run')}${when}\n`;
}

/** A run that proves nothing must not become what others are held against. */
function assertSound(runs: readonly RunSummary[]): void {
  const flawed = runs.find(({ flaw }) => flaw !== null);
  if (flawed?.flaw) throw usageError(`run ${nameOf(flawed)} is no baseline: ${problemName(flawed.flaw)}`);
}

function describe(run: RunSummary): string {
  const { at, load, levels, errors } = run;
  const roles = levels.flatMap(({ role, n, p95, censored }) =>
    p95 === null ? [] : [`${role} p95 ${censored ? '≥ ' : ''}${duration(p95)} of ${plural(n, 'turn')}`],
  );
  return `${instant(at)}  ${nameOf(run)}  ${load.scenario}  ${[...roles, `${errors.k} of ${errors.n} failed`].join(', ')}\n`;
}
