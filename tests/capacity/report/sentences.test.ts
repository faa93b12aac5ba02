import { expect, it } from 'vitest';
import type {
  Capacity,
  CapacityMisfit,
  CapacityReason,
  CapacityWarning,
} from '../../../contracts/generated/capacity.ts';
import type { ForecastWarning } from '../../../contracts/generated/forecast.ts';
import { capacitySteps } from '../../../scripts/capacity/report/next-steps.ts';
import { forecastWarning } from '../../../scripts/capacity/report/planning-text.ts';
import { headlineOf, misfitSentence } from '../../../scripts/capacity/report/sentences.ts';
import { answerOf } from '../../../scripts/capacity/report/text.ts';
import { warningsOf } from '../../../scripts/capacity/report/warnings.ts';
import { validatorOf } from '../../../scripts/foundation/schema/validator.ts';
import { sampleResult } from './sample-result.ts';

const low = { rate: 2, share: 0.01 };
const high = { rate: 2.1, share: 0.5 };
const idle = { rate: 0.5, share: 0.04, lower: 0.03, upper: 0.06 };

const REASONS: readonly (readonly [CapacityReason, string])[] = [
  [{ code: 'grows-smoothly' }, 'bad turns grow smoothly'],
  [{ code: 'later-halves-differ' }, 'the later halves'],
  [{ code: 'unreachable' }, 'can no longer be reached'],
  [{ code: 'interrupted' }, 'it was interrupted'],
  [{ code: 'generator-late' }, 'this machine cannot start turns on time'],
  [{ code: 'key-refused', status: 401 }, 'refuses the key (401)'],
  [{ code: 'failing', status: 500 }, 'the last with 500'],
  [{ code: 'misses-alone', count: 3, n: 24 }, '3 of 24 already miss p95<8s'],
  [{ code: 'fails-alone', count: 3, n: 24 }, '3 of 24 already fail'],
  [{ code: 'fails-around-capacity', count: 3, n: 24 }, '3 of 24 turns failed'],
  [{ code: 'misses-when-calm', ...idle }, 'at 0.500 turns/s already 4.0% (95% interval 3.0% to 6.0%) miss p95<8s'],
  [{ code: 'idle-misses', ...idle }, "of an idle service's turns miss p95<8s already"],
  [{ code: 'repeat-differs', before: 0.01, after: 0.2 }, 'had 20.0% bad turns, 1.0% before'],
  [{ code: 'saturation-changed', before: 2, after: 4 }, 'answered 2.00 turns/s at the start and 4.00 at the end'],
  [{ code: 'slower-than-before', rate: 2, factor: 1.5 }, '1.5 times as long at 2.00 turns/s'],
  [{ code: 'jump', low, high }, 'from 1.0% bad turns at 2.00 turns/s to 50.0% at 2.10 turns/s'],
  [{ code: 'reversed', low: high, high: low }, '2.00 turns/s had a better result (1.0% bad) than 2.10 turns/s (50.0%)'],
  [{ code: 'breaks-in-flight', inFlight: 20, factor: 10 }, 'sent with 20 or more in flight took at least 10.0 times'],
  [{ code: 'backlog-grows', rates: [1, 2] }, 'kept growing at 1.00, 2.00 turns/s'],
  [{ code: 'beyond-max-rate', maxRate: 2 }, 'more than --max-rate 2 turns/s'],
  [{ code: 'budget-spent', budget: 500 }, 'the budget of 500 turns is spent'],
  [{ code: 'not-saturated', concurrency: 64 }, '64 turns in flight do not saturate it'],
  [{ code: 'fails-in-flight', concurrency: 8, count: 3, n: 24 }, 'with 8 turns in flight 3 of 24 failed'],
  [{ code: 'refused', rate: 2, count: 3, n: 24 }, 'at 2.00 turns/s the service refused 3 of 24'],
  [{ code: 'refused', concurrency: 8, count: 3, n: 24 }, 'at 8 turns in flight the service refused 3 of 24'],
];

it.each(REASONS)('the reason %j is a sentence, and the schema has it', (reason, words) => {
  const result = sampleResult({ reason, boundary: 'not-reached', lambdaCert: null });
  expect(headlineOf(result)).toMatch(/^The capacity was not found: .*[^.]\.$/);
  expect(headlineOf(result)).toContain(words);
  expect(validatorOf('capacity')(result), JSON.stringify(validatorOf('capacity').errors)).toBe(true);
});

const WARNINGS: readonly (readonly [CapacityWarning, string])[] = [
  [{ code: 'tls-not-verified' }, 'certificate'],
  [{ code: 'backlog-below-capacity' }, 'may not have been steady'],
  [{ code: 'rungs-void', count: 2 }, '2 rungs were void'],
  [{ code: 'rungs-void', count: 1 }, '1 rung was void and repeated'],
  [
    { code: 'uncertain', budget: 5_000 },
    'uncertain by 8.0% (one standard deviation): about 1,600 more turns would reduce this to 5.0%',
  ],
  [
    { code: 'limit-not-reached', inFlight: 64, budget: 1_176 },
    'up to 64 turns in flight did not surely reach its limit. A budget of 1,176 turns tries about twice the load',
  ],
  [
    { code: 'objective-undecided', share: 0.045, budget: 900 },
    'without load 4.5% of the turns miss the objective, by all turns so far; a budget of 900 turns mostly decides',
  ],
  [{ code: 'answers-vary', cv: 1.25 }, 'coefficient of variation 1.25'],
  [{ code: 'little-mismatch', rates: [2] }, "(Little's law) at 2.00 turns/s"],
  [{ code: 'no-steady-state', count: 2, levels: 3 }, 'in 2 of 3 levels'],
  [{ code: 'not-confirmed', why: 'no-conversations' }, 'strategy single'],
  [{ code: 'not-confirmed', why: 'small-budget', budget: 2_000 }, 'a budget of 2,000 turns includes the run'],
  [{ code: 'not-confirmed', why: 'budget-spent' }, 'the rest of the budget'],
  [{ code: 'not-confirmed', why: 'generator-late' }, 'this machine did not start'],
];

it.each(WARNINGS)('the warning %j is a sentence, and the schema has it', (warning, words) => {
  const result = sampleResult({ warnings: [warning], sd: 0.08, outlook: { turns: 1_600, sd: 0.05 } });
  expect(warningsOf(result)).toEqual([expect.stringContaining(words)]);
  expect(validatorOf('capacity')(result), JSON.stringify(validatorOf('capacity').errors)).toBe(true);
});

const DEMAND: readonly (readonly [ForecastWarning, string])[] = [
  [{ code: 'counts-end', week: '2026-01-05' }, 'end in the week of 2026-01-05'],
  [{ code: 'counts-begin', week: '2026-01-05' }, 'begin in the week of 2026-01-05'],
  [{ code: 'few-weeks' }, 'less than four weeks'],
  [{ code: 'season-unknown' }, 'a season cannot be distinguished'],
  [{ code: 'rates-vary', sd: 0.3, mean: 100, high: 152 }, 'vary by 30.0% from week to week'],
  [{ code: 'objective-missed' }, 'whole conversations at the certified rate did not meet'],
];

it.each(DEMAND)('the warning of a forecast %j is a sentence', (warning, words) => {
  expect(forecastWarning(warning)).toContain(words);
});

const SPENT = { boundary: 'not-reached', reason: { code: 'budget-spent', budget: 800 } } as const;

it.each([
  [
    'what is carried at least',
    { ...SPENT, lambdaHat: null, lambdaHatCI90: null, limitReached: false },
    'At least 2.1 turns/s',
    'Meets p95<8s up to at least 2.1 turns/s, 0.7 conversations/s, with 90% confidence: the budget of 800 turns is spent before any load reached the limit of the service.',
  ],
  [
    'how likely it is that there is a rate',
    { ...SPENT, lambdaCert: null, lambdaHat: 1.9, lambdaHatCI90: [0, 2.2], feasible: 0.75 },
    'About 1.9 turns/s',
    'Nothing is certified for p95<8s: the budget of 800 turns is spent, and any rate meets it with 75.0% probability only; most likely up to 1.9 turns/s (90% interval 0 to 2.2).',
  ],
  [
    'that most likely there is none',
    { ...SPENT, lambdaCert: null, lambdaHat: null, lambdaHatCI90: [0, 1.2], feasible: 0.4 },
    'Not known',
    'Nothing is certified for p95<8s: the budget of 800 turns is spent, and any rate meets it with 40.0% probability only (90% interval 0 to 1.2 turns/s).',
  ],
  [
    'why all turns together say nothing',
    { ...SPENT, lambdaCert: null, lambdaHat: null, lambdaHatCI90: null, misfit: { code: 'failures' } },
    'Not known',
    'The capacity was not found: the budget of 800 turns is spent; more turns fail than the SLO allows.',
  ],
] as const satisfies (readonly [string, Partial<Capacity>, string, string])[])(
  'a budget that ended early says %s',
  (_, over, answer, headline) => {
    const result = sampleResult(structuredClone(over) as Partial<Capacity>);
    expect(answerOf(result.capacity)).toBe(answer);
    expect(headlineOf(result)).toBe(headline);
    expect(validatorOf('capacity')(result), JSON.stringify(validatorOf('capacity').errors)).toBe(true);
  },
);

it('a search that fails by its answers says so, once, and what to do', () => {
  const warnings: CapacityWarning[] = [{ code: 'contract-violated', count: 2 }];
  const result = sampleResult({ violations: 2, warnings });
  expect(headlineOf(result)).toMatch(/^Meets .*\. 2 answers violate the contract, which fails the search\.$/);
  expect(warningsOf(result)).toEqual([]);
  expect(capacitySteps(result).map(({ command }) => command)).toEqual(
    expect.arrayContaining(['fini-harness view', 'fini-harness drift --plan']),
  );
});

it('every misfit has words', () => {
  const codes = ['too-few-turns', 'not-limited', 'not-first-come', 'load-dependent', 'changed'] as const;
  const more = ['correlated', 'failures', 'objective-unknown', 'levels-only'] as const;
  const all: CapacityMisfit[] = [...codes, ...more].map((code) => ({ code }));
  const sentences = [...all, { code: 'level-unexplained', rate: 2, bad: 9, n: 90 } as const].map(misfitSentence);
  expect(new Set(sentences).size).toBe(10);
  expect(sentences.at(-1)).toBe('a level at 2.00 turns/s had 9 of 90 bad turns, which it does not predict');
});

it('knows no other code', () => {
  const unknown = { code: 'unknown' } as unknown as Capacity['reason'];
  expect(validatorOf('capacity')(sampleResult({ reason: unknown }))).toBe(false);
});
