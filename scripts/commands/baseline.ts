import { resolve } from 'node:path';
import type { RunSummary } from '../../contracts/generated/baseline.ts';
import { type BaselineStore, baselineStore } from '../compare/baseline-store.ts';
import { noteSentence } from '../compare/history/report/sentences.ts';
import { nameOf } from '../compare/run-summary.ts';
import { surveySources } from '../compare/survey-sources.ts';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { duration, instant, plural } from '../foundation/text/format.ts';
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
  { out, err, cwd }: Io,
): Promise<void> {
  if (action !== 'list' && name === '') throw usageError(`baseline ${action} needs the name of a baseline`);
  switch (action) {
    case 'add': {
      if (runs.length === 0) throw usageError('baseline add needs the results of at least one run');
      const { runs: sound, notes } = await surveySources(runs, cwd, store);
      const added = sound.filter(hasAnswers);
      const failed = sound
        .filter((run) => !hasAnswers(run))
        .map((run) => `run ${nameOf(run)} is excluded: ${NO_ANSWER}`);
      const left = [...notes.map(noteSentence), ...failed];
      if (added.length === 0) throw usageError(`nothing was added to ${name}: ${left.join('; ')}`);
      const holds = await store.add(name, added);
      for (const note of left) err(`${note}\n`);
      out(`${name} has ${plural(holds, 'run')}\n`);
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
      out(`${plural(await store.prune(name, keep), 'run')} removed from ${name}\n`);
      return;
    default:
      return action satisfies never;
  }
}

const NO_ANSWER = 'every turn failed, which a baseline would hide';

const hasAnswers = ({ errors }: RunSummary): boolean => errors.k < errors.n;

/** `main  12 runs of 4 days, the last one 2026-01-31 09:30:00 UTC`; a comparison with other days needs 5 of 3. */
function summary(name: string, runs: readonly RunSummary[]): string {
  const last = runs.at(-1);
  const days = new Set(runs.map(({ at }) => instant(at).slice(0, 10))).size;
  const when = last === undefined ? '' : ` of ${plural(days, 'day')}, the last one ${instant(last.at)}`;
  return `${name}  ${plural(runs.length, 'run')}${when}\n`;
}

function describe(run: RunSummary): string {
  const { at, load, levels, errors } = run;
  const roles = levels.flatMap(({ role, n, p95, censored }) =>
    p95 === null ? [] : [`${role} p95 ${censored ? '≥ ' : ''}${duration(p95)} of ${plural(n, 'turn')}`],
  );
  return `${instant(at)}  ${nameOf(run)}  ${load.scenario}  ${[...roles, `${errors.k} of ${errors.n} failed`].join(', ')}\n`;
}
