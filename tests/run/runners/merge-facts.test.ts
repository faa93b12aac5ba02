import { expect, it } from 'vitest';
import { mergeRunnerFacts } from '../../../scripts/run/runners/merge-facts.ts';

it('adds up, and says whose problem it was', () => {
  const killed = { code: 'k6-killed', severity: 'incomplete', detail: 'SIGKILL' } as const;
  const merged = mergeRunnerFacts([
    { k6: '2.2.0', interrupted: false, cpuShare: 0.25, peakMemoryBytes: 100 },
    { k6: '2.2.0', interrupted: true, cpuShare: 0.5, peakMemoryBytes: 50, problems: [killed] },
  ]);
  expect(merged).toEqual({
    k6: '2.2.0',
    interrupted: true,
    cpuShare: 0.75,
    peakMemoryBytes: 150,
    problems: [{ ...killed, runner: 2 }],
    runners: [
      { runner: 1, cpuShare: 0.25, peakMemoryBytes: 100 },
      { runner: 2, cpuShare: 0.5, peakMemoryBytes: 50 },
    ],
  });
});

it('says no sum where a part is not known', () => {
  expect(mergeRunnerFacts([{ cpuShare: 0.5 }, {}])).toEqual({
    interrupted: false,
    runners: [{ runner: 1, cpuShare: 0.5 }, { runner: 2 }],
  });
});
