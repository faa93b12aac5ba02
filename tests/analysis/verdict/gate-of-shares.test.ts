import { describe, expect, it } from 'vitest';
import type { Gate } from '../../../contracts/generated/plan.ts';
import type { Verdict } from '../../../scripts/analysis/verdict/gate.ts';
import { gateSentence } from '../../../scripts/report/gate-sentence.ts';
import { analyseLedgers, laneLines, type MadeTurn, plan, spread, VIOLATION } from '../made-run.ts';

const errors: Gate = { metric: 'errors.share', op: '<=', limit: 0.01 };
const violations: Gate = { metric: 'violations.count', op: '==', limit: 0 };
const late: Gate = { metric: 'late.share', op: '<=', limit: 0.005 };
const goodput: Gate = { metric: 'goodput.share', op: '>=', limit: 0.9 };

/** Every tenth turn, spread so that they do not cluster. */
const tenth = (turn: Partial<MadeTurn>) => (i: number) => (i % 10 === 3 ? turn : {});

const SLOW = { durationMs: 16_000 };
const lateTwice = (lateMs: number) => (i: number) => (i === 40 || i === 110 ? { lateMs } : {});
/** Of five turns two fail, and so many left late. */
const failingAndLate = (late: number) => (i: number) => ({
  ...(i % 5 < 2 ? { status: 500 } : {}),
  ...(i % 5 >= 5 - late ? { lateMs: 60 } : {}),
});
const cases: readonly [string, Gate, readonly MadeTurn[], Verdict, string][] = [
  ['no error', errors, spread(5), 'pass', '0%, wanted ≤ 1%.'],
  ['an error in five', errors, spread(5, (i) => (i ? {} : { status: 500 })), 'fail', '20.0%'],
  ['201 is no 200', errors, spread(5, (i) => (i ? {} : { status: 201 })), 'fail', '20.0%'],
  ['unsent is an error', errors, spread(5, (i) => (i ? {} : { outcome: 'unsent' })), 'fail', '20.0%'],
  [
    'an agent turn is as much an error',
    errors,
    spread(5, (i) => (i ? {} : { status: 500, role: 'agent' })),
    'fail',
    '20.0%',
  ],
  [
    'an agent turn is no error of user turns',
    { ...errors, metric: 'errors.share{role:user}' },
    spread(5, (i) => (i ? {} : { status: 500, role: 'agent' })),
    'pass',
    '0%',
  ],
  ['cut turns are no error for sure', errors, spread(50, tenth({ outcome: 'cut' })), 'no-evidence', '10.0%'],
  ['cut or not', errors, spread(50, (i) => (i % 10 ? {} : i ? { status: 500 } : { outcome: 'cut' })), 'fail', '10.0%'],
  ['few', { ...errors, minSample: 100 }, spread(50), 'no-evidence', '100 needed'],
  [
    'few, all wrong',
    { ...errors, minSample: 100 },
    spread(50, () => ({ status: 500 })),
    'fail',
    'even the most favourable value misses it',
  ],

  ['no violation', violations, spread(3), 'pass', '0, wanted = 0.'],
  ['one', violations, spread(3, (i) => (i ? {} : { violations: [VIOLATION] })), 'fail', '1, wanted = 0.'],
  [
    'one in the warm-up',
    violations,
    [...spread(3), { conversation: 9, atMs: 0, violations: [VIOLATION] }],
    'fail',
    '1,',
  ],
  ['one of an agent turn', violations, [{ role: 'agent', violations: [VIOLATION] }], 'fail', '1,'],
  ['an additive one', violations, [{ violations: [{ ...VIOLATION, class: 'additive' }] }], 'pass', '0,'],
  ['no answer', violations, spread(3, () => ({ outcome: 'lost' })), 'no-evidence', 'no turn to judge'],

  ['on time', late, spread(10, () => ({ lateMs: 50 })), 'pass', '0%'],
  ['late', late, spread(10, () => ({ lateMs: 51 })), 'no-evidence', 'the fault of the load generator'],
  [
    'two late of 180',
    late,
    spread(180, lateTwice(60)),
    'pass',
    '1.1%, wanted ≤ 0.5%. It passes: the excess is not certain',
  ],
  [
    'all late by little of what they took',
    late,
    spread(60, () => ({ ...SLOW, lateMs: 60 })),
    'pass',
    'changes latencies too little',
  ],
  ['no late start explains so many errors', errors, spread(50, failingAndLate(1)), 'fail', '40.0%'],
  [
    'late starts may explain the errors',
    errors,
    spread(50, failingAndLate(5)),
    'no-evidence',
    'the load was not the planned one',
  ],
  [
    'no errors, but another load',
    errors,
    spread(50, () => ({ lateMs: 60 })),
    'no-evidence',
    'the load was not the planned one',
  ],
  ['bad, whatever late starts did', goodput, spread(50, failingAndLate(1)), 'fail', '60.0%'],

  ['good', goodput, spread(50), 'pass', '100%'],
  ['not good', goodput, spread(50, (i) => (i % 4 ? {} : { status: 500 })), 'fail', '74.0%'],
  ['cut is not good for sure', goodput, spread(50, (i) => (i % 4 ? {} : { outcome: 'cut' })), 'no-evidence', '74.0%'],
];

describe('judge, of shares and counts', () => {
  it.each(cases)('%s %o', async (_, gate, turns, verdict, why) => {
    const { result } = await analyseLedgers(plan([gate]), [laneLines(turns)]);
    const [judged] = result.gates;
    expect(judged?.verdict).toBe(verdict);
    expect(judged && gateSentence(judged, result)).toContain(why);
  });
});
