import { expect, it } from 'vitest';
import { problemSentence } from '../../../scripts/report/problem-sentence.ts';
import { analyseLedgers, type Ledger, laneLines, plan, spread, ZERO } from '../made-run.ts';

const cases: readonly [string, string[], Ledger, Parameters<typeof plan>[1]?][] = [
  ['a complete run has none', [], laneLines(spread(60))],
  ['foreign lines are noise', ['ledger-noise'], [...laneLines(spread(60)), 'level=warning msg="hm"', '{"kind":"x"}']],
  ['a torn last line', ['lane-missing', 'ledger-damaged'], [...laneLines(spread(60)).slice(0, -1), '{"kind":"lane-e']],
  ['a lost settled line', ['little-mismatch', 'ledger-damaged', 'turns-cut'], withoutSettled(laneLines(spread(60)))],
  ['a lane that never ended', ['lane-missing'], laneLines(spread(60)).slice(0, -1)],
  ['a lane that never started', ['lane-missing'], laneLines(spread(60)), { lanes: 2 }],
  ['nothing at all', ['lane-missing', 'nothing-sent'], []],
  ['nothing sent', ['nothing-sent'], laneLines([])],
  ['conversations that never started', ['conversations-missing'], laneLines(spread(60)), { conversations: 61 }],
  ['late starts', ['late-starts'], laneLines(spread(60, (i) => ({ lateMs: i === 7 ? 51 : 50 })))],
  [
    'late starts in the closed model',
    ['late-starts'],
    laneLines(spread(60, () => ({ lateMs: 90 }))),
    { model: 'closed' },
  ],
  [
    'no file descriptors',
    ['no-descriptors'],
    laneLines(spread(60, (i) => (i ? {} : { outcome: 'unsent', errorCode: 1213 }))),
  ],
  [
    'a fault of the harness',
    ['harness-fault'],
    [...laneLines(spread(60)), { kind: 'fault', lane: 0, at: ZERO, message: 'oops' }],
  ],
  [
    'an open circuit breaker',
    ['breaker-open'],
    [...laneLines(spread(60)), { kind: 'breaker', lane: 0, at: ZERO, reason: 'failing' }],
  ],
];

/** The ledger of a run that learnt these ids of its first conversations. */
function learnt(...ids: string[]): Ledger {
  const end = {
    kind: 'conversation',
    lane: 0,
    at: ZERO,
    template: 'one',
    outcome: 'completed',
    turnsPlanned: 1,
    turnsSent: 1,
  };
  const ends = ids.map((interactionId, conversation) => ({ ...end, conversation, interactionId }));
  const lines = laneLines(spread(60));
  return [...lines.slice(0, -1), ...ends, ...lines.slice(-1)] as Ledger;
}

it.each([
  [
    'several conversations that are one',
    ['a', 'b', 'a', 'a'],
    'discover',
    [{ code: 'conversations-shared', severity: 'notice', count: 2 }],
  ],
  ['each its own', ['a', 'b', 'c'], 'discover', []],
  ['those of a list of ids, which are used in turn', ['a', 'a'], 'fixed', []],
] as const)('%s', async (_, ids, strategy, problems) => {
  const { result } = await analyseLedgers(plan([], { continuation: { strategy } }), [learnt(...ids)]);
  expect(result.problems).toMatchObject(problems);
  expect(result.problems).toHaveLength(problems.length);
});

it.each(cases)('%s', async (_, codes, ledger, overrides) => {
  const { result } = await analyseLedgers(plan([], overrides), [ledger]);
  expect(result.problems.map(({ code }) => code)).toEqual(codes);
});

it.each([
  ['two of 180: not sure', spread(180, (i) => (i === 40 || i === 110 ? { lateMs: 400 } : {})), 'notice'],
  ['all, by little of what they took', spread(60, () => ({ durationMs: 4_000, lateMs: 60 })), 'notice'],
  ['all, by as much as they took', spread(60, () => ({ lateMs: 100 })), 'invalid'],
] as const)('late starts of %s', async (_, turns, severity) => {
  const { result } = await analyseLedgers(plan(), [laneLines(turns)]);
  expect(result.problems).toMatchObject([{ code: 'late-starts', severity }]);
  expect(result.generator.valid).toBe(severity === 'notice');
});

it('a clock that jumps contradicts Little', async () => {
  const lines = laneLines(spread(60)).map((line) =>
    line.kind === 'settled' ? { ...line, settledAt: line.settledAt + 400 } : line,
  );
  const { result } = await analyseLedgers(plan(), [lines]);
  expect(result.problems.map(({ code }) => code)).toEqual(['little-mismatch']);
  expect(result.generator.valid).toBe(false);
});

it.each([
  [100, ['late-starts']],
  [400, ['late-starts', 'little-mismatch']],
])('answers noticed %i ms late by a generator that starts turns 100 ms late', async (noticedMs, codes) => {
  const lines = laneLines(spread(60, () => ({ lateMs: 100 }))).map((line) =>
    line.kind === 'settled' ? { ...line, settledAt: line.settledAt + noticedMs } : line,
  );
  const { result } = await analyseLedgers(plan(), [lines]);
  expect(result.problems.map(({ code }) => code)).toEqual(codes);
});

it('a run that was interrupted lacks lanes as well, and is called interrupted', async () => {
  const lines = laneLines(spread(60)).slice(0, -1);
  const { result } = await analyseLedgers(plan([], { lanes: 2 }), [lines], { interrupted: true });
  expect(result).toMatchObject({
    exitCode: 130,
    complete: false,
    problems: [
      { code: 'interrupted', severity: 'incomplete' },
      { code: 'lane-missing', severity: 'incomplete', count: 2 },
    ],
  });
  expect(result.verdict).not.toBe('pass');
  expect(problemSentence(result.problems[1], result)).toBe('2 of 2 lanes did not end');
});

/** The ledger without the answer of its first turn. */
function withoutSettled(lines: Ledger): Ledger {
  const index = lines.findIndex((line) => typeof line !== 'string' && line.kind === 'settled');
  return lines.filter((_, i) => i !== index);
}
