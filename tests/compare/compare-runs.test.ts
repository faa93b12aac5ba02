import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../contracts/generated/baseline.ts';
import { compareRuns } from '../../scripts/compare/compare-runs.ts';
import { CHOSEN_PAIRS, CHOSEN_TURNS } from '../../scripts/compare/interleave/chosen.ts';
import { headlineOf } from '../../scripts/compare/report/sentences.ts';
import { renderComparisonMarkdown, renderComparisonText } from '../../scripts/compare/report/text.ts';
import { SCALE, scaled, slowShare, TAIL, twoKinds } from '../../scripts/proofs/compare/services.ts';
import { type Setting, simulateComparison } from '../../scripts/proofs/compare/simulate-comparison.ts';

const schemas = ['workload', 'plan', 'result', 'baseline', 'comparison'].map(
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
  const level = {
    unfinished: 0,
    p95: 1_000 * factor * wobble,
    censored: false,
    meanLog: Math.log(500 * factor * wobble),
    sdLog: 0.5,
    deff: 1,
  };
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
    '2 answers break the contract: echo',
  ],
  [
    'an addition to the contract',
    interleaved(4, 1, { violations: [{ rule: 'new-field', class: 'additive', count: 9 }] }),
    'no-regression',
    0,
    'No regression',
  ],
  ['invalid runs', interleaved(4, 1.5, { flaw: 'late-starts' }), 'inconclusive', 6, 'there are no runs to compare'],
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
        levels: [
          ...each.levels,
          ...each.levels.map((level) => ({ ...level, role: 'agent', p95: (level.p95 ?? 0) * factor })),
        ],
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
    lower: value === null ? null : value * 0.95,
    upper: value === null ? null : value * 1.05,
    verdict,
  });

  it('are shown as means over runs; a value that is not known decides nothing', () => {
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
        isBroken: false,
      },
      {
        metric: 'errors.share',
        op: '<',
        limit: 1_000,
        baseline: { value: 0, passed: 4, runs: 4 },
        candidate: { value: expect.closeTo(0.01), passed: 4, runs: 4 },
        isBroken: false,
      },
    ]);
  });
});

describe('a gate that breaks', () => {
  type Row = readonly [before: number, after: number];
  const gated = (runs: RunSummary[], value: number, width: number) =>
    runs.map((each, i) => ({
      ...each,
      gates: [
        {
          metric: 'goodput.share',
          op: '>=' as const,
          limit: 0.95,
          value: value + 0.001 * Math.sin(i),
          lower: value - width,
          upper: value + width,
          verdict: value >= 0.95 ? ('pass' as const) : ('fail' as const),
        },
      ],
    }));
  const compareAt = (pairs: number, [before, after]: Row, width: number) => {
    const [baseline, candidate] = pairs === 0 ? [[run({ atMs: 0 })], [run({ atMs: 1 })]] : interleaved(pairs, 1);
    return compareRuns(gated(baseline, before, width), gated(candidate, after, width));
  };

  it.each<[string, number, Row, number, string]>([
    ['surely, in interleaved runs', 4, [0.97, 0.93], 0.01, 'regression'],
    ['not', 4, [0.97, 0.96], 0.01, 'no-regression'],
    ['in both', 4, [0.93, 0.92], 0.01, 'no-regression'],
    ['surely, in one run against one', 0, [0.97, 0.9], 0.01, 'regression'],
    ['perhaps, in one run against one', 0, [0.97, 0.94], 0.02, 'inconclusive'],
  ])('%s', (_, pairs, values, width, outcome) => {
    const { gates, ...comparison } = compareAt(pairs, values, width);
    expect(comparison.outcome).toBe(outcome);
    expect(gates[0]?.isBroken).toBe(outcome === 'regression');
    if (outcome === 'regression') {
      expect(comparison.reasons).toContainEqual({
        code: 'gate-broken',
        metric: 'goodput.share',
        op: '>=',
        limit: 0.95,
      });
    }
  });
});

describe('all turns', () => {
  const chosen = { pairs: 5, turnsPerRun: 400, rho: 0.5, noise: 0.03, gates: [15_000, 30_000] };
  it.each<[string, Partial<Setting>, string]>([
    ['a tail beyond the gate', { candidate: slowShare(0.08) }, 'regression'],
    ['a tail beyond the p95', { candidate: slowShare(0.04) }, 'regression'],
    ['twice as many slow answers', { baseline: twoKinds(0.05), candidate: twoKinds(0.15) }, 'regression'],
    ['turns that never end', { candidate: { hanging: 0.08 } }, 'regression'],
    ['turns that never end, in both', { baseline: { hanging: 0.08 }, candidate: { hanging: 0.08 } }, 'inconclusive'],
    ['failures', { candidate: { failing: 0.03 } }, 'regression'],
  ])('count: %s', (_, services, outcome) => {
    for (let seed = 0; seed < 5; seed += 1) {
      expect(simulateComparison({ ...chosen, ...services }, seed).outcome).toBe(outcome);
    }
  });

  it('that fail are compared as shares: as many in both are no regression, whatever the limit', () => {
    const [baseline, candidate] = interleaved(4, 1, { errors: { k: 15, n: 500 } });
    const failing = baseline.map((each) => ({ ...each, errors: { k: 16, n: 500 } }));
    expect(compareRuns(failing, candidate).outcome).toBe('no-regression');
  });

  it('that fail in bursts before are no rise when a burst comes once more', () => {
    const [baseline, candidate] = interleaved(4, 1);
    const burst = (runs: RunSummary[], ...ks: number[]) =>
      runs.map((each, i) => ({ ...each, errors: { k: ks[i] ?? 0, n: 500 } }));
    expect(compareRuns(burst(baseline, 9, 0, 0, 0), burst(candidate, 12, 0, 9, 0)).outcome).not.toBe('regression');
    expect(compareRuns(burst(baseline, 0, 0, 0, 0), burst(candidate, 12, 0, 9, 0)).outcome).toBe('regression');
  });

  it('may fail more than was shown: then no regression is not shown either', () => {
    const [baseline, candidate] = interleaved(4, 1, { errors: { k: 1, n: 80 } });
    const fewer = baseline.map((each) => ({ ...each, errors: { k: 0, n: 80 } }));
    const comparison = compareRuns(fewer, candidate);
    expect(comparison).toMatchObject({ outcome: 'inconclusive', reasons: [{ code: 'errors-may-have-risen' }] });
    expect(headlineOf(comparison)).toMatch(/failed turns may have risen by up to \d\.\d points/);
  });
});

describe('one run against one', () => {
  const level = (n: number) => ({ role: 'user', n, unfinished: 0, censored: false, meanLog: 6, sdLog: 0.3, deff: 1 });
  const single = (atMs: number, p95: number) =>
    run({
      atMs,
      overrides: {
        levels: [
          { ...level(500), p95 },
          { ...level(3), role: 'agent', p95: null },
        ],
      },
    });

  it('far faster is no regression', () => {
    const comparison = compareRuns([single(0, 1_000)], [single(1, 529)]);
    expect(comparison).toMatchObject({ outcome: 'no-regression', reasons: [{ code: 'within-tolerance' }] });
    expect(headlineOf(comparison)).toMatch(/47\.1% lower, with 95% confidence at least \d+\.\d% lower/);
  });

  it('shows no role whose turns are too few', () => {
    const { effects } = compareRuns([single(0, 1_000)], [single(1, 1_000)]);
    expect(effects.map(({ role }) => role)).toEqual(['user', 'user']);
  });

  it('whose p95 is only known to be long is no regression to nobody', () => {
    const endless = (atMs: number) =>
      run({ atMs, overrides: { levels: [{ ...level(500), p95: 400, censored: true, unfinished: 30 }] } });
    const comparison = compareRuns([single(0, 1_000)], [endless(1)]);
    expect(comparison).toMatchObject({
      outcome: 'inconclusive',
      reasons: [{ code: 'p95-unanswered' }],
      notes: [{ code: 'p95-censored', arm: 'candidate', count: 1, runs: 1 }],
    });
    expect(headlineOf(comparison)).toContain('p95 of the candidate falls among turns without an answer');
    expect(renderComparisonText(comparison)).toContain('p95 of 1 of 1 candidate run falls among turns');
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
    const flawed = Array.from({ length: 400 }, (_, i) =>
      run({ atMs: i, overrides: { flaw: 'conversations-missing' } }),
    );
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
  };
  const regressions = (setting: Setting, count: number): number =>
    Array.from({ length: count }, (_, seed) => simulateComparison(setting, seed)).filter(
      ({ outcome }) => outcome === 'regression',
    ).length;

  it('raises few false alarms', () => {
    expect(regressions(chosen, 100)).toBeLessThanOrEqual(11);
  });

  it('finds a p95 that is 10 % slower', () => {
    expect(regressions({ ...chosen, candidate: scaled(SCALE) }, 30)).toBeGreaterThanOrEqual(28);
    expect(regressions({ ...chosen, candidate: TAIL }, 60)).toBeGreaterThanOrEqual(48);
  });
});
