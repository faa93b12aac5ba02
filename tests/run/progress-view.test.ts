import { expect, test } from 'vitest';
import { renderProgress, renderProgressLine } from '../../scripts/run/progress-view.ts';
import { laneStart, plan, START, sent, settled, standAfter } from './made-progress.ts';

const busy = standAfter([laneStart, sent(0), settled(0), sent(1), settled(1, { status: 500 }), sent(2)], START + 5_000);

test('one display', () => {
  expect(renderProgress(plan, busy, false)).toBe(
    [
      'load  warm-up 0:05  ██░░░░░░░░░░░░░░░░░░░░░░  0:55 left',
      '  turns         3 sent of at most 2,400, 2 settled, 1 in flight, the oldest for 5.00 s',
      '  conversations 3 started, 0 ended',
      '  last 10 s     p50 495 ms, p95 495 ms, 0.2/s',
      '  errors        1 (500 ×1)',
      '  violations    none',
      '  spent         3 user turns, 0.03 USD',
    ].join('\n'),
  );
});

test('one line', () => {
  expect(renderProgressLine(plan, busy)).toBe(
    'warm-up 0:05: 3 sent of at most 2,400, 2 settled, 1 in flight; p50 495 ms, p95 495 ms, 0.2/s; ' +
      'errors 1 (500 ×1); violations none; 0:55 left',
  );
});

test.each([
  ['before time zero', standAfter([]), /^starting: .*no turn settled in the last 10 s.*1:00 left$/],
  ['between stages', standAfter([laneStart], START + 10_000), /^steady 0:10: /],
  [
    'after the window',
    standAfter([laneStart], START + 61_000),
    /^drain 1:01: .*; conversations continue for at most 0:29$/,
  ],
  ['after the drain', standAfter([laneStart], START + 100_000), /^end 1:40: .*in flight are awaited for at most 0:50$/],
  ['after all', standAfter([laneStart], START + 900_000), /at most 0:00$/],
  [
    'without answers',
    standAfter([sent(0), settled(0, { outcome: 'lost', status: 0 })]),
    /p50 no answer, p95 no answer/,
  ],
])('%s', (_name, snapshot, line) => expect(renderProgressLine(plan, snapshot)).toMatch(line));

test('an open breaker and faults are shown', () => {
  const stopped = standAfter([
    { kind: 'breaker', lane: 0, at: START, reason: 'unauthorised', status: 401 },
    { kind: 'fault', lane: 0, at: START, message: 'x' },
  ]);
  expect(renderProgress(plan, stopped, false)).toMatch(
    /stopped +circuit breaker: unauthorised\n +faults +1 harness fault/,
  );
  expect(renderProgressLine(plan, stopped)).toMatch(/circuit breaker: unauthorised; 1 harness fault/);
});
