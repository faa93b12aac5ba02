import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../contracts/generated/baseline.ts';
import { compareRuns } from '../../scripts/compare/compare-runs.ts';
import { CHOSEN_PAIRS, CHOSEN_TURNS } from '../../scripts/compare/interleave/chosen.ts';
import { renderComparisonMarkdown } from '../../scripts/compare/report/text.ts';
import { CHANGES, type Setting, simulateComparison } from '../../scripts/proofs/bench/simulate-comparison.ts';

const schemas = ['workload', 'plan', 'result', 'comparison'].map(
  (name): object => JSON.parse(readFileSync(`contracts/files/${name}.schema.json`, 'utf8')) as object,
);
const isComparison = new Ajv({ strict: false, schemas }).getSchema(
  'https://fini-harness.dev/files/comparison.schema.json',
);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Made {
  readonly atMs: number;
  /** Of p95 and mean against 1 s. */
  readonly factor?: number;
  readonly overrides?: Partial<RunSummary>;
}

function run({ atMs, factor = 1, overrides = {} }: Made): RunSummary {
  // Runs differ a little, as real ones do.
  const wobble = 1 + 0.01 * Math.sin(atMs / 977);
  const level = { p95: 1_000 * factor * wobble, meanLog: Math.log(500 * factor * wobble), sdLog: 0.5, deff: 1 };
  return {
    runId: `at-${atMs}`,
    at: atMs,
    load: { scenario: 'load', model: 'poisson', rate: 2, concurrency: null, workload: 'w', continuation: 'single' },
    levels: [{ role: 'user', n: 500, ...level }],
    errors: { k: 0, n: 500 },
    violations: [],
    flaw: null,
    ...overrides,
  };
}

/** Pairs that alternate by the hour: ABBA. */
function interleaved(pairs: number, factor: number, overrides: Partial<RunSummary> = {}): [RunSummary[], RunSummary[]] {
  const at = (pair: number, isSecond: boolean): number => (2 * pair + Number(isSecond)) * HOUR_MS;
  const indices = Array.from({ length: pairs }, (_, i) => i);
  return [
    indices.map((i) => run({ atMs: at(i, i % 2 === 1) })),
    indices.map((i) => run({ atMs: at(i, i % 2 === 0), factor, overrides })),
  ];
}

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
    '16 of 2000 turns failed, 0 of 2000',
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
    '2 answers break the contract: echo',
  ],
  [
    'an addition to the contract',
    interleaved(4, 1, { violations: [{ rule: 'new-field', class: 'additive', count: 9 }] }),
    'no-regression',
    0,
    'No regression',
  ],
  ['invalid runs', interleaved(4, 1.5, { flaw: 'late starts' }), 'inconclusive', 6, 'there are no runs to compare'],
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
    expect(comparison).toMatchObject({ outcome, exitCode, headline: expect.stringContaining(headline) });
    isComparison?.(comparison);
    expect(isComparison?.errors ?? []).toEqual([]);
  });

  it('says what more certainty would cost', () => {
    const baseline = [run({ atMs: 0 }), run({ atMs: 3 * HOUR_MS, factor: 1.08 })];
    const candidate = [run({ atMs: 1 * HOUR_MS, factor: 1.1 }), run({ atMs: 2 * HOUR_MS, factor: 1.02 })];
    const { certainty, outcome } = compareRuns(baseline, candidate);
    expect(outcome).toBe('inconclusive');
    expect(certainty.furtherTurns).toBe((certainty.furtherPairs ?? 0) * 1_000);
    expect(certainty.detectable).toBeGreaterThan(1);
  });

  it('decides by user turns and shows other roles', () => {
    const both = (runs: readonly RunSummary[], factor: number): RunSummary[] =>
      runs.map((each) => ({
        ...each,
        levels: [...each.levels, ...each.levels.map((level) => ({ ...level, role: 'agent', p95: level.p95 * factor }))],
      }));
    const [baseline, candidate] = interleaved(4, 1);
    const { outcome, effects } = compareRuns(both(baseline, 1), both(candidate, 2));
    expect(outcome).toBe('no-regression');
    expect(effects.map(({ role, decides }) => [role, decides])).toEqual([
      ['user', true],
      ['user', true],
      ['agent', false],
      ['agent', false],
    ]);
  });
});

describe('gates', () => {
  const gate = (metric: string, value: number | null, verdict: 'pass' | 'fail' = 'pass') => ({
    metric,
    op: '<' as const,
    limit: 1_000,
    value,
    verdict,
  });

  it('are shown as means over runs, and do not decide', () => {
    const [baseline, candidate] = interleaved(4, 1);
    const with_ = (runs: RunSummary[], of: (i: number) => NonNullable<RunSummary['gates']>) =>
      runs.map((each, i) => ({ ...each, gates: of(i) }));
    const { gates, outcome } = compareRuns(
      with_(baseline, (i) => [
        gate('latency.p95', i % 2 === 0 ? 100 : 400),
        gate('errors.share', 0),
        gate('goodput.share', 1),
      ]),
      with_(candidate, (i) => [
        gate('latency.p95', i === 0 ? null : 300, 'fail'),
        gate('errors.share', i === 3 ? 0.04 : 0),
      ]),
    );
    expect(outcome).toBe('no-regression');
    expect(gates).toEqual([
      {
        metric: 'latency.p95',
        op: '<',
        limit: 1_000,
        baseline: { value: expect.closeTo(200), passed: 4, runs: 4 },
        candidate: { value: null, passed: 0, runs: 4 },
      },
      {
        metric: 'errors.share',
        op: '<',
        limit: 1_000,
        baseline: { value: 0, passed: 4, runs: 4 },
        candidate: { value: expect.closeTo(0.01), passed: 4, runs: 4 },
      },
    ]);
  });
});

describe('Markdown', () => {
  it('fits a comment on a pull request, whatever was found', () => {
    const violations = Array.from({ length: 400 }, (_, i) => ({
      rule: `a-rule-with-a-long-name-${i}`,
      class: 'breaking',
      count: i,
    }));
    const [baseline, candidate] = interleaved(100, 2, { violations });
    const flawed = Array.from({ length: 400 }, (_, i) => run({ atMs: i, overrides: { flaw: 'a reason '.repeat(20) } }));
    const text = renderComparisonMarkdown(compareRuns([...baseline, ...flawed], candidate));
    expect(text.length).toBeLessThan(16_000);
    expect(text).toContain('more in the report');
  });
});

/** A sample of `npm run sim:compare`; bounds leave a correct method three standard errors. */
describe('by simulation', () => {
  const chosen: Setting = {
    pairs: CHOSEN_PAIRS,
    turnsPerRun: CHOSEN_TURNS,
    rho: 0.5,
    noise: 0.03,
    change: CHANGES.none,
  };
  const regressions = (setting: Setting, count: number): number =>
    Array.from({ length: count }, (_, seed) => simulateComparison(setting, seed)).filter(
      ({ outcome }) => outcome === 'regression',
    ).length;

  it('raises few false alarms', () => {
    expect(regressions(chosen, 100)).toBeLessThanOrEqual(11);
  });

  it('finds a p95 that is 10 % slower', () => {
    expect(regressions({ ...chosen, change: CHANGES.scale }, 30)).toBeGreaterThanOrEqual(28);
    expect(regressions({ ...chosen, change: CHANGES.tail }, 60)).toBeGreaterThanOrEqual(48);
  });
});
