import { describe, expect, it } from 'vitest';
import type { LedgerLine } from '../../../contracts/generated/ledger.ts';
import type { Gate } from '../../../contracts/generated/plan.ts';
import type { RunFacts } from '../../../scripts/analysis/metrics/run-facts.ts';
import { headlineOf } from '../../../scripts/report/reason.ts';
import { analyseLedgers, type Ledger, laneLines, type MadeTurn, plan, spread, VIOLATION, ZERO } from '../made-run.ts';

const gates: Gate[] = [
  { metric: 'latency.p95', op: '<', limit: 15_000 },
  { metric: 'errors.share', op: '<=', limit: 0.01 },
  { metric: 'violations.count', op: '==', limit: 0 },
  { metric: 'late.share', op: '<=', limit: 0.005 },
];

const run = (each: (i: number) => Partial<MadeTurn> = () => ({})): LedgerLine[] => laneLines(spread(60, each));
const slow = { durationMs: 16_000 };
const violated = { violations: [VIOLATION] };
const fault: LedgerLine = { kind: 'fault', lane: 0, at: ZERO, message: 'oops' };
const breaker = (reason: 'failing' | 'unauthorised' | 'forbidden' | 'unreachable'): LedgerLine => ({
  kind: 'breaker',
  lane: 0,
  at: ZERO,
  reason,
});

const cases: readonly [string, Ledger, string, number, string, RunFacts?][] = [
  ['all gates hold', run(), 'pass', 0, 'Pass: all 4 gates are met.'],
  ['a latency gate fails', run(() => slow), 'fail', 3, 'Fail: latency.p95: 16.0 s, wanted < 15 s.'],
  ['the contract is violated', run((i) => (i ? {} : violated)), 'fail', 4, 'Fail: violations.count: 1, wanted = 0.'],
  ['both: the contract wins', run(() => ({ ...slow, ...violated })), 'fail', 4, '1 more failed.'],
  ['too few turns', laneLines(spread(20)), 'no-evidence', 6, 'No evidence: latency.p95: Not known'],
  ['nothing sent', laneLines([]), 'no-evidence', 6, 'No evidence: no turn was sent.'],
  [
    'late starts',
    run(() => ({ lateMs: 60 })),
    'no-evidence',
    6,
    'No evidence: 100% of turns started more than 50 ms late',
  ],
  [
    'two late starts of 180, all gates hold',
    laneLines(spread(180, (i) => (i % 90 === 40 ? { lateMs: 60 } : {}))),
    'pass',
    0,
    'Pass: all 4 gates are met.',
  ],
  [
    'late starts, and slow all the same',
    run(() => ({ ...slow, lateMs: 1_000 })),
    'fail',
    3,
    'Fail: latency.p95: 17.0 s',
  ],
  [
    'a violation, however late the start',
    run(() => ({ lateMs: 60, ...violated })),
    'fail',
    4,
    'Fail: violations.count',
  ],
  ['a lane never ended', run().slice(0, -1), 'no-evidence', 1, 'No evidence: 1 of 1 lanes did not end.'],
  ['a fault, all gates hold', [...run(), fault], 'no-evidence', 1, 'No evidence: the harness failed: oops.'],
  ['a fault, a gate fails', [...run(() => slow), fault], 'fail', 1, 'Fail: latency.p95'],
  ['interrupted', run(), 'no-evidence', 130, 'No evidence: the run was interrupted.', { interrupted: true }],
  ['interrupted, a lane never ended', run().slice(0, -1), 'no-evidence', 130, 'interrupted', { interrupted: true }],
  ['interrupted, a gate fails', run(() => slow), 'fail', 130, 'Fail: latency.p95', { interrupted: true }],
  [
    'a breaker opened, all gates hold',
    [...run(), breaker('failing')],
    'no-evidence',
    6,
    '1 of 1 lanes stopped sending',
  ],
  [
    'the service failed so much in the warm-up that the run stopped',
    [...laneLines(spread(10, (i) => ({ atMs: 50 * i, status: 500 }))), breaker('failing')],
    'fail',
    3,
    'Fail: errors.share: 100%, wanted',
  ],
  [
    'the run stopped in the warm-up, whose turns were fine',
    [...laneLines(spread(10, (i) => ({ atMs: 50 * i }))), breaker('failing')],
    'no-evidence',
    6,
    '1 of 1 lanes stopped sending',
  ],
  [
    'bodies that nobody can decode, and nothing else',
    laneLines(spread(60, () => ({ outcome: 'lost', ...violated }))),
    'fail',
    4,
    '2 more failed.',
  ],
  [
    'turns held back for the memory of the generator',
    run().map((line) => (line.kind === 'lane-end' ? { ...line, held: 3 } : line)),
    'no-evidence',
    6,
    'No evidence: 3 turns held back after answers over 1 MB',
  ],
  [
    'the key is refused',
    [...run(() => ({ status: 401 })), breaker('unauthorised')],
    'fail',
    8,
    'the API key is refused',
  ],
  ['the key lacks a scope', [...run(() => ({ status: 403 })), breaker('forbidden')], 'fail', 8, 'lacks a scope'],
  [
    'nobody there',
    [...run(() => ({ outcome: 'unsent' })), breaker('unreachable')],
    'fail',
    8,
    'none of 60 turns reached',
  ],
  [
    'turns of agents fail, and no other',
    run((i) => (i % 20 ? {} : { role: 'agent', status: 500 })),
    'fail',
    3,
    'Fail: errors.share: 5.0%, wanted',
  ],
  ['one turn of many cut', run((i) => (i ? {} : { outcome: 'cut' })), 'no-evidence', 6, 'errors.share'],
  [
    'k6 failed',
    run(),
    'no-evidence',
    1,
    'No evidence: k6 was ended by SIGKILL.',
    { problems: [{ code: 'k6-killed', severity: 'incomplete', detail: 'SIGKILL' }] },
  ],
];

describe('decide', () => {
  it.each(cases)('%s', async (_, ledger, verdict, exitCode, headline, facts) => {
    const { result } = await analyseLedgers(plan(gates), [ledger], facts);
    expect(result).toMatchObject({ verdict, exitCode, reason: expect.any(String) });
    expect(headlineOf(result)).toContain(headline);
  });

  it('passes with a cut turn where that cannot flatter: it counts as bad, and the gates hold all the same', async () => {
    const ledger = laneLines(spread(200, (i) => (i ? {} : { outcome: 'cut' })));
    const { result } = await analyseLedgers(plan(gates), [ledger]);
    expect(result).toMatchObject({ verdict: 'pass', complete: false, problems: [{ code: 'turns-cut' }] });
  });

  it('passes nothing where no turn reached the service, whatever its gates ask', async () => {
    const ledger = [...run(() => ({ outcome: 'unsent' })), breaker('unreachable')];
    for (const late of [ledger, ledger.slice(0, -1)]) {
      const { result } = await analyseLedgers(plan(gates.slice(-1)), [late]);
      expect(result).toMatchObject({ verdict: 'no-evidence', exitCode: 8, reason: 'target-unreached' });
    }
  });

  it('judges nothing without gates', async () => {
    const { result } = await analyseLedgers(plan(), [run()]);
    expect(result).toMatchObject({ verdict: 'no-evidence', exitCode: 6 });
  });
});
