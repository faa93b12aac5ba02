import type { DriftPlan } from '../../contracts/generated/drift-plan.ts';
import type { Io } from '../foundation/io.ts';
import { plural } from '../foundation/text/format.ts';
import type { K6 } from '../k6/provision.ts';
import type { RunFolder } from '../ledger/run-folder.ts';
import { announceStop } from '../run/announce-stop.ts';
import type { TurnCount } from '../run/plan/turn-budget.ts';
import { PROBES, runInK6 } from '../run/run-in-k6.ts';
import type { Service } from '../run/service.ts';
import { userTurnsOf } from './plan/make-drift-plan.ts';
import { sentProbeTurns } from './probe-turns.ts';
import { watchProbes } from './watch-probes.ts';

/** One run of k6 on the plan of a check. */
export interface ProbeRun {
  readonly plan: DriftPlan;
  readonly folder: RunFolder;
  readonly k6: K6;
  readonly service: Service;
  /** Holds the further keys. */
  readonly env: Io['env'];
}

/** Sends the probes of a plan. Returns whether the user ended it, and what it has spent. */
export async function runProbes(
  { plan, folder, k6, service: { apiKey }, env }: ProbeRun,
  io: Io,
): Promise<{ ran: { interrupted: boolean }; spent: TurnCount | 'all' }> {
  io.err(`${plural(userTurnsOf(plan), 'user turn')}, ${plural(plan.chains.length, 'chain')} of probes\n`);
  const forgetStop = announceStop(io);
  const progress = watchProbes(plan, folder.ledger, io);
  const { exit } = await runInK6(
    { plan, lanes: 1, folder, k6, apiKey, bundle: PROBES, env, args: [], signal: io.signal },
    io,
  ).finally(async () => {
    forgetStop();
    await progress.stop();
  });
  const interrupted = exit.end === 'interrupted';
  if (!interrupted && exit.exitCode !== 0) io.err(`${exit.stderr}\n`);
  // A probe in flight when k6 is ended is not in the ledger.
  const spent = exit.end === 'finished' ? await sentProbeTurns(plan, folder.ledger) : 'all';
  return { ran: { interrupted }, spent };
}
