import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findK6 } from '../../k6/provision.ts';
import { processIo } from '../../process-io.ts';
import { onCluster } from './cluster/on-cluster.ts';
import { findPrograms } from './cluster/programs.ts';
import { onMachine } from './on-machine.ts';
import { complaints, named, type Outcome, type Trial } from './trial.ts';

/**
 * One plan with several runners, undisturbed and disturbed: what the service received is what the result says was sent.
 * With `--cluster`, on the API of Kubernetes and the controller of k6-operator, where they are there; `--only killed` selects.
 */

/** As test harnesses say that a test was not run. */
const SKIPPED = 77;
const NONE = { kind: 'none' } as const;
const UNDISTURBED: readonly Trial[] = [1, 2, 4, 8].map((runners) => ({ runners, disturbance: NONE }));
const DISTURBED: readonly Trial[] = [
  { runners: 4, disturbance: { kind: 'killed' } },
  { runners: 4, disturbance: { kind: 'late' } },
];
/** One machine has one clock. */
const CLOCKS: readonly Trial[] = [300, 2_000].map((aheadMs) => ({
  runners: 2,
  disturbance: { kind: 'clock', aheadMs },
}));

const { values } = parseArgs({ options: { cluster: { type: 'boolean', default: false }, only: { type: 'string' } } });
const { path: k6 } = await findK6(processIo());
process.exit(
  await (values.cluster
    ? clusterTrials()
    : trials([...UNDISTURBED, ...DISTURBED], (trial, cwd) => onMachine(trial, cwd, k6))),
);

async function clusterTrials(): Promise<number> {
  const programs = findPrograms();
  if ('missing' in programs) {
    console.log(`skipped, nothing was proved: ${programs.missing}`);
    return SKIPPED;
  }
  return onCluster({ ...programs, k6 }, (execute) => trials([...UNDISTURBED, ...DISTURBED, ...CLOCKS], execute));
}

async function trials(
  list: readonly Trial[],
  execute: (trial: Trial, cwd: string) => Promise<Outcome>,
): Promise<number> {
  let undisturbed: number | undefined;
  let failures = 0;
  const chosen = list.filter(({ disturbance }) => values.only === undefined || values.only === disturbance.kind);
  for (const trial of chosen) {
    const cwd = await mkdtemp(join(tmpdir(), 'fini-runners-'));
    try {
      const outcome = await execute(trial, cwd);
      if (trial.disturbance.kind === 'none') undisturbed ??= outcome.lines;
      const wrong = complaints(trial, outcome, undisturbed);
      if (wrong.length > 0) failures += 1;
      console.log(`${wrong.length === 0 ? 'ok  ' : 'NOT '} ${named(trial)}: ${line(outcome)}`);
      for (const each of wrong) console.log(`     ${each}`);
    } finally {
      await rm(cwd, { recursive: true });
    }
  }
  console.log(`${chosen.length} trials, ${failures} not as they should be`);
  return failures === 0 ? 0 : 1;
}

function line({ received, lines, result, exitCode }: Outcome): string {
  const { counts, problems } = result;
  const told = problems.map(({ code, severity }) => `${severity} ${code}`);
  return [`${lines} sent`, `${received} received`, `${counts.cut} cut`, `exit code ${exitCode}`, ...told].join(', ');
}
