import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../contracts/generated/baseline.ts';
import { compareRuns } from '../../scripts/compare/compare-runs.ts';
import { headlineOf } from '../../scripts/compare/report/sentences.ts';
import { interleaved } from './made-summaries.ts';

const schemas = ['workload', 'plan', 'result', 'baseline', 'comparison'].map(
  (name): object => JSON.parse(readFileSync(`contracts/files/${name}.schema.json`, 'utf8')) as object,
);
const isComparison = new Ajv({ strict: false, schemas }).getSchema(
  'https://fini-harness.dev/files/comparison.schema.json',
);

describe('compareRuns of other roles', () => {
  /** With turns of agents that take a share of the time of user turns. */
  const withAgents = (runs: readonly RunSummary[], share: number, n = 500): RunSummary[] =>
    runs.map((each) => ({
      ...each,
      levels: each.levels.flatMap((level) => [
        level,
        {
          ...level,
          ...{ role: 'agent', n, p95: n < 59 ? null : (level.p95 ?? 0) * share },
          meanLog: level.meanLog + Math.log(share),
        },
      ]),
    }));
  const [baseline, candidate] = interleaved(4, 1);
  const compared = (before: number, after: number, n?: number) =>
    compareRuns(withAgents(baseline, before, n), withAgents(candidate, after, n));

  it.each<[string, Parameters<typeof compared>, string]>([
    ['twice as slow as user turns', [1, 2], 'regression'],
    ['a hundred times as slow, and still as quick as user turns', [0.01, 1], 'regression'],
    ['twice as slow, and still far quicker', [0.01, 0.02], 'no-regression'],
    ['faster', [1, 0.5], 'no-regression'],
    ['too few for a p95', [0.01, 1, 12], 'regression'],
    ['too few for anything', [0.01, 1, 9], 'no-regression'],
  ])('%s', (_, args, outcome) => {
    const comparison = compared(...args);
    expect(comparison.outcome).toBe(outcome);
    expect(headlineOf(comparison)).toContain(outcome === 'regression' ? 'of agent turns' : 'p95 of user turns');
    expect([isComparison?.(comparison), isComparison?.errors]).toEqual([true, null]);
  });

  it('shows them after user turns', () => {
    expect(compared(1, 1).effects.map(({ role, decides }) => [role, decides])).toEqual([
      ['user', true],
      ['user', true],
      ['agent', false],
      ['agent', false],
    ]);
  });
});
