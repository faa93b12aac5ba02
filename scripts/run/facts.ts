import { availableParallelism } from 'node:os';
import type { Problem } from '../../contracts/generated/result.ts';
import type { RunFacts } from '../analysis/metrics/run-facts.ts';
import type { K6 } from '../k6/provision.ts';
import type { K6Exit } from '../k6/run-k6.ts';

/** What running k6 showed that its ledger cannot show. */
export function factsOf(k6: K6, exit: K6Exit): RunFacts {
  const { cpuSeconds, peakMemoryBytes, startedAt, endedAt } = exit;
  const seconds = (endedAt - startedAt) / 1000;
  const problem = problemOf(exit);
  return {
    k6: k6.version,
    interrupted: exit.end === 'interrupted',
    ...(cpuSeconds === undefined ? {} : { cpuShare: cpuSeconds / seconds / availableParallelism() }),
    ...(peakMemoryBytes === undefined ? {} : { peakMemoryBytes }),
    ...(problem === undefined ? {} : { problems: [problem] }),
  };
}

/** k6 has a scenario's error on its last lines; the report says where it went wrong. */
function problemOf({ end, exitCode, signal, stderr }: K6Exit): Problem | undefined {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  switch (end) {
    case 'finished':
    case 'interrupted':
      return undefined;
    case 'killed':
      return { code: 'k6-killed', severity: 'incomplete', ...(signal === undefined ? {} : { detail: signal }) };
    case 'ledger-lost':
      return { code: 'ledger-unwritable', severity: 'incomplete' };
    case 'scenario-error':
    case 'fault':
      return {
        code: 'k6-failed',
        severity: 'incomplete',
        detail: last,
        ...(exitCode === undefined ? {} : { exitCode }),
      };
    default:
      return end satisfies never;
  }
}
