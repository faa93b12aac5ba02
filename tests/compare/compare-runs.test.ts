import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../contracts/generated/baseline.ts';
import { compareRuns } from '../../scripts/compare/compare-runs.ts';
import { CRITERIA } from '../../scripts/compare/criteria.ts';
import { headlineOf, noteSentence } from '../../scripts/compare/report/sentences.ts';
import { DAY_MS, HOUR_MS, interleaved, run } from './made-summaries.ts';

const schemas = ['workload', 'plan', 'result', 'baseline', 'comparison'].map(
  (name): object => JSON.parse(readFileSync(`contracts/files/${name}.schema.json`, 'utf8')) as object,
);
const isComparison = new Ajv({ strict: false, schemas }).getSchema(
  'https://fini-harness.dev/files/comparison.schema.json',
);

const days = (count: number, perDay = 2): RunSummary[] =>
  Array.from({ length: count * perDay }, (_, i) =>
    run({ atMs: Math.floor(i / perDay) * DAY_MS + (i % perDay) * HOUR_MS }),
  );
const today = (factor: number): RunSummary[] => [run({ atMs: 30 * DAY_MS, factor })];

const cases: readonly [string, [readonly RunSummary[], readonly RunSummary[]], string, number, string][] = [
  ['the same', interleaved(4, 1), 'no-regression', 0, 'No regression: p95 of user turns is'],
  ['faster', interleaved(4, 0.8), 'no-regression', 0, '20.'],
  ['slower', interleaved(4, 1.1), 'regression', 5, 'Regression: p95 of user turns is'],
  ['surely slower by too little to matter', interleaved(8, 1.02), 'no-regression', 0, 'No regression'],
  ['too few runs to tell', [[run({ atMs: 0 })], [run({ atMs: 1 })]], 'inconclusive', 6, 'Inconclusive'],
  [
    'one run against one, far slower',
    [[run({ atMs: 0 })], [run({ atMs: 1, factor: 2 })]],
    'regression',
    5,
    '100.0% higher',
  ],
  [
    'one run against one, slower',
    [[run({ atMs: 0 })], [run({ atMs: 1, factor: 1.1 })]],
    'inconclusive',
    6,
    '% higher, with 95% confidence',
  ],
  ['other days, the same', [days(3), today(1)], 'no-regression', 0, 'No regression'],
  ['other days, slower', [days(3), today(1.3)], 'regression', 5, 'Regression'],
  ['one other day', [days(1, 6), today(1.1)], 'inconclusive', 6, 'Inconclusive'],
  [
    'more errors',
    interleaved(4, 1, { errors: { k: 4, n: 500 } }),
    'regression',
    5,
    '16 of 2,000 turns failed, 0 of 2,000',
  ],
  [
    'errors over the limit',
    [[run({ atMs: 0 })], [run({ atMs: 1, overrides: { errors: { k: 9, n: 500 } } })]],
    'regression',
    5,
    '9 of 500',
  ],
  [
    'a breach of the contract',
    interleaved(2, 1, { violations: [{ rule: 'echo', class: 'critical', count: 1 }] }),
    'regression',
    5,
    '2 answers violate the contract: echo',
  ],
  [
    'an addition to the contract',
    interleaved(4, 1, { violations: [{ rule: 'new-field', class: 'additive', count: 9 }] }),
    'no-regression',
    0,
    'No regression',
  ],
  ['invalid runs', interleaved(4, 1.5, { flaw: 'late-starts' }), 'inconclusive', 6, 'there are no runs to compare'],
  [
    'a candidate that fails until its lanes stop',
    interleaved(2, 1, { flaw: 'breaker-open', levels: [], errors: { k: 40, n: 40 } }),
    'regression',
    5,
    '80 of 80 turns failed, 0 of 1,000 before',
  ],
  [
    'a candidate of which too few turns have a latency',
    interleaved(2, 1, { levels: [], errors: { k: 450, n: 500 } }),
    'regression',
    5,
    '900 of 1,000 turns failed',
  ],
  [
    'a candidate whose broken answers leave no conversation to go on with',
    interleaved(1, 1, { flaw: 'undiscovered', violations: [{ rule: 'echo', class: 'breaking', count: 80 }] }),
    'regression',
    5,
    '80 answers violate the contract: echo',
  ],
  [
    'a baseline that is as broken',
    [
      [run({ atMs: 0, overrides: { flaw: 'breaker-open', levels: [], errors: { k: 40, n: 40 } } })],
      [run({ atMs: 1, overrides: { flaw: 'breaker-open', levels: [], errors: { k: 40, n: 40 } } })],
    ],
    'inconclusive',
    6,
    'no runs to compare',
  ],
  [
    'failures of the generator',
    interleaved(4, 1, { flaw: 'no-descriptors', errors: { k: 400, n: 500 } }),
    'inconclusive',
    6,
    'no runs to compare',
  ],
  [
    'a key that the candidate refuses',
    interleaved(4, 1, { flaw: 'breaker-open', outage: 'key-refused', levels: [], errors: { k: 9, n: 9 } }),
    'inconclusive',
    6,
    'no runs to compare',
  ],
  [
    'failures and no baseline',
    [[], [run({ atMs: 1, overrides: { errors: { k: 400, n: 500 } } })]],
    'inconclusive',
    6,
    'no runs',
  ],
  [
    'failures under another load',
    interleaved(4, 1, { load: { ...run({ atMs: 0 }).load, rate: 30 }, errors: { k: 400, n: 500 } }),
    'inconclusive',
    6,
    'no runs',
  ],
  ['runs against themselves', [days(3), days(3)], 'inconclusive', 6, 'no runs to compare'],
  ['nothing', [[], []], 'inconclusive', 6, 'there are no runs to compare'],
  [
    'another load',
    interleaved(4, 1.5, { load: { ...run({ atMs: 0 }).load, rate: 3 } }),
    'inconclusive',
    6,
    'no runs to compare',
  ],
];

describe('compareRuns', () => {
  it.each(cases)('%s', (_, [baseline, candidate], outcome, exitCode, headline) => {
    const comparison = compareRuns(baseline, candidate);
    expect(comparison).toMatchObject({ outcome, exitCode });
    expect(headlineOf(comparison)).toContain(headline);
    expect([isComparison?.(comparison), isComparison?.errors]).toEqual([true, null]);
  });

  it('counts a run once, however often it is named', () => {
    const few = run({ atMs: 1, overrides: { errors: { k: 3, n: 500 } } });
    const comparison = compareRuns([run({ atMs: 0 })], [few, few, few, few, few]);
    expect(comparison).toMatchObject({ design: { candidateRuns: 1 }, errors: { candidate: { k: 3, n: 500 } } });
  });

  it('leaves out of the baseline what is the candidate, too', () => {
    const { design, notes } = compareRuns(days(3), days(3).slice(-1));
    expect(design).toMatchObject({ baselineRuns: 5, candidateRuns: 1 });
    expect(notes.map(noteSentence)).toEqual([
      `baseline run at-${2 * DAY_MS + HOUR_MS} is excluded: it is also the candidate`,
    ]);
  });

  it('counts failures of pairs that are left out', () => {
    const [baseline, candidate] = interleaved(3, 1);
    const [sound, broken] = interleaved(1, 1, { flaw: 'breaker-open', levels: [], errors: { k: 40, n: 40 } });
    const aside = { baseline: sound, candidate: broken.map((it) => ({ ...it, runId: 'broken' })) };
    const comparison = compareRuns(baseline, candidate, CRITERIA, undefined, aside);
    expect(comparison).toMatchObject({ outcome: 'regression', design: { baselineRuns: 3, candidateRuns: 3 } });
    expect(comparison.errors.candidate).toMatchObject({ k: 40, n: 1540 });
  });

  it('says what more certainty would cost', () => {
    const baseline = [run({ atMs: 0 }), run({ atMs: 3 * HOUR_MS, factor: 1.08 })];
    const candidate = [run({ atMs: 1 * HOUR_MS, factor: 1.1 }), run({ atMs: 2 * HOUR_MS, factor: 1.02 })];
    const { certainty, outcome } = compareRuns(baseline, candidate);
    expect(outcome).toBe('inconclusive');
    expect(certainty.furtherTurns).toBe((certainty.furtherPairs ?? 0) * 1_000);
    expect(certainty.detectable).toBeGreaterThan(1);
  });
});
