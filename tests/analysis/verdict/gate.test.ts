import { describe, expect, it } from 'vitest';
import type { Gate } from '../../../contracts/generated/plan.ts';
import type { Verdict } from '../../../scripts/analysis/verdict/gate.ts';
import { gateSentence } from '../../../scripts/report/gate-sentence.ts';
import { analyseLedgers, laneLines, type MadeTurn, plan, spread } from '../made-run.ts';

const p95: Gate = { metric: 'latency.p95', op: '<', limit: 15_000 };
const p50: Gate = { metric: 'latency.p50', op: '<', limit: 2_000 };
const p99: Gate = { metric: 'latency.p99', op: '<', limit: 15_000 };
const errors: Gate = { metric: 'errors.share', op: '<=', limit: 0.01 };
const violations: Gate = { metric: 'violations.count', op: '==', limit: 0 };
const goodput: Gate = { metric: 'goodput.share', op: '>=', limit: 0.9 };

/** Every tenth turn, spread so that they do not cluster. */
const tenth = (turn: Partial<MadeTurn>) => (i: number) => (i % 10 === 3 ? turn : {});

const SLOW = { durationMs: 16_000 };
const lateTwice = (lateMs: number) => (i: number) => (i === 40 || i === 110 ? { lateMs } : {});
/** Of five turns so many fail at once; the others are slow. */
const failingFast = (failing: number) => (i: number) =>
  i % 5 < failing ? { status: 500, durationMs: 5 } : { durationMs: 3_000 };

const cases: readonly [string, Gate, readonly MadeTurn[], Verdict, string][] = [
  ['fast', p95, spread(59), 'pass', '100 ms, wanted < 15 s.'],
  ['slow', p95, spread(59, () => ({ durationMs: 16_000 })), 'fail', '16.0 s, wanted < 15 s.'],
  [
    'one turn too few',
    p95,
    spread(58),
    'no-evidence',
    'effective sample 58 of 58 turns, 59 needed. It takes about 65 measured turns: 67.1 s at this rate.',
  ],
  [
    'few, but all slow',
    p95,
    spread(20, () => ({ durationMs: 16_000 })),
    'fail',
    'even the most favourable value misses it',
  ],
  [
    'few and hung',
    p95,
    spread(20, () => ({ outcome: 'timed-out', durationMs: 20_000 })),
    'fail',
    'even the most favourable value misses it',
  ],
  ['few by its own word', { ...p95, minSample: 20 }, spread(20), 'pass', '100 ms'],
  [
    '298 turns',
    p99,
    spread(298),
    'no-evidence',
    ', 299 needed. It takes about 329 measured turns: 66.2 s at this rate.',
  ],
  ['299 turns', p99, spread(299), 'pass', '100 ms'],
  [
    'clustered',
    p95,
    spread(200, (i) => ({ durationMs: i < 40 ? 5_000 : 100 })),
    'no-evidence',
    'effective sample 5 of 200 turns, 59 needed. It takes about 2,473 measured turns',
  ],
  ['gave up', p95, spread(100, tenth({ outcome: 'timed-out', durationMs: 20_000 })), 'fail', '≥ 20.0 s'],
  ['gave up early', p95, spread(100, tenth({ outcome: 'lost', durationMs: 50 })), 'fail', '≥ 100 ms'],
  [
    'cut early',
    p95,
    spread(100, tenth({ outcome: 'cut', durationMs: 50 })),
    'no-evidence',
    'the result depends on turns that were cut',
  ],
  ['cut late', p95, spread(100, tenth({ outcome: 'cut', durationMs: 16_000 })), 'fail', '≥ 16.0 s'],
  ['cut, few', p95, spread(100, (i) => (i === 9 ? { outcome: 'cut' } : {})), 'pass', '100 ms'],
  ['no turns', p95, [], 'no-evidence', 'no turn to judge'],
  ['never sent', p95, spread(100, () => ({ outcome: 'unsent' })), 'no-evidence', 'no turn to judge'],

  ['fast while late', p95, spread(60, () => ({ lateMs: 60 })), 'no-evidence', 'the load was not the planned one'],
  ['slow while late', p95, spread(60, () => ({ lateMs: 20_000 })), 'no-evidence', 'the load was not the planned one'],

  ['two late of 180, and fast', p95, spread(180, lateTwice(60)), 'pass', '100 ms'],
  ['two late of 180, and slow', p95, spread(180, (i) => ({ ...lateTwice(60)(i), ...SLOW })), 'fail', '16.0 s'],
  ['slow, and late by little', p95, spread(60, () => ({ ...SLOW, lateMs: 60 })), 'fail', '16.1 s'],
  ['slow, whatever late starts add', p95, spread(60, () => ({ ...SLOW, lateMs: 1_000 })), 'fail', '17.0 s'],
  [
    'late starts make it slow',
    p95,
    spread(60, () => ({ durationMs: 14_950, lateMs: 100 })),
    'no-evidence',
    'the result depends on late starts',
  ],
  [
    'late starts might hide it',
    p95,
    spread(60, () => ({ durationMs: 14_880, lateMs: 100 })),
    'no-evidence',
    'the result depends on late starts',
  ],
  ['fast failures are no fast answers', p50, spread(50, failingFast(3)), 'fail', '3.00 s, wanted < 2 s.'],
  [
    'slow failures are no slow answers',
    p50,
    spread(50, (i) => (i % 5 < 3 ? { status: 504, ...SLOW } : {})),
    'pass',
    '100 ms',
  ],
  ['failures alone have no latency', p50, spread(50, failingFast(5)), 'no-evidence', 'no turn to judge'],
];

describe('judge', () => {
  it.each<[string, Gate, readonly MadeTurn[], Verdict]>([
    ['the bound meets the limit', p95, spread(100), 'pass'],
    ['only the estimate does', errors, spread(100), 'no-evidence'],
    ['two bounds need 72 turns', p95, spread(71), 'no-evidence'],
    ['not even the estimate does', errors, spread(50, (i) => (i ? {} : { status: 500 })), 'fail'],
    ['goodput', goodput, spread(20), 'no-evidence'],
    ['counts have no interval', violations, spread(3), 'pass'],
  ])('strict: %s', async (_, gate, turns, verdict) => {
    const { result } = await analyseLedgers(plan([gate], { strict: true }), [laneLines(turns)]);
    expect(result.gates[0]?.verdict).toBe(verdict);
  });

  it.each(cases)('%s %o', async (_, gate, turns, verdict, why) => {
    const { result } = await analyseLedgers(plan([gate]), [laneLines(turns)]);
    const [judged] = result.gates;
    expect(judged?.verdict).toBe(verdict);
    expect(judged && gateSentence(judged, result)).toContain(why);
  });

  it.each([p95, errors, goodput, violations])(
    'does not pass $metric where the ledger has lost a line',
    async (gate) => {
      const lines = laneLines(spread(100));
      const { result } = await analyseLedgers(plan([gate]), [lines.filter((_, i) => i !== 9)]);
      expect(result.gates[0]).toMatchObject({
        verdict: 'no-evidence',
        reason: 'ledger-gaps',
      });
    },
  );
});
