import { describe, expect, it } from 'vitest';
import { type Patience, patienceOf } from '../../scenarios/probes/patience.ts';

const LONG_MS = 60_000;
const SHORT_MS = 5_000;
const GET = 'get-conversation';
const LIST = 'list-conversations';

type Step = readonly [operation: string, came: 'answer' | 'nothing' | 'time-out', times?: number];

/** Hears of requests, one after the other. */
function hearing(steps: readonly Step[], timeoutMs = LONG_MS): Patience {
  const patience = patienceOf(timeoutMs);
  for (const [operation, came, times = 1] of steps) {
    const outcome = came === 'answer' ? 'answered' : came === 'nothing' ? 'lost' : 'timed-out';
    for (let index = 0; index < times; index++) patience.note(operation, outcome, came === 'answer');
  }
  return patience;
}

describe('how long a check waits for an operation', () => {
  it.each<[string, readonly Step[], number]>([
    ['its whole time at first', [], LONG_MS],
    ['its whole time after two time-outs', [[GET, 'time-out', 2]], LONG_MS],
    ['not as long after three in a row', [[GET, 'time-out', 3]], SHORT_MS],
    [
      'its whole time again once it answers',
      [
        [GET, 'time-out', 5],
        [GET, 'answer'],
      ],
      LONG_MS,
    ],
    ['its whole time where another operation is slow', [[LIST, 'time-out', 9]], LONG_MS],
    [
      'as before where another one answers meanwhile',
      [
        [GET, 'time-out', 3],
        [LIST, 'answer', 9],
      ],
      SHORT_MS,
    ],
    ['its whole time where connections break', [[GET, 'nothing', 9]], LONG_MS],
  ])('%s', (_, steps, expected) => expect(hearing(steps).timeoutMs(GET)).toBe(expected));

  it('never longer than it is told', () => expect(hearing([[GET, 'time-out', 3]], 2_000).timeoutMs(GET)).toBe(2_000));
});

describe('what a check no longer asks for', () => {
  it.each<[string, readonly Step[], { get: boolean; list: boolean }]>([
    ['nothing at first', [], { get: false, list: false }],
    ['nothing after 15 time-outs in a row', [[GET, 'time-out', 15]], { get: false, list: false }],
    ['an operation after 16', [[GET, 'time-out', 16]], { get: true, list: false }],
    [
      'that operation, though an answer came late',
      [
        [GET, 'time-out', 16],
        [GET, 'answer'],
      ],
      { get: true, list: false },
    ],
    [
      'that operation, though others answer meanwhile',
      [
        [GET, 'time-out', 8],
        [LIST, 'answer', 8],
        [GET, 'time-out', 8],
        [LIST, 'answer'],
      ],
      { get: true, list: false },
    ],
    [
      'nothing after time-outs with an answer among them',
      [
        [GET, 'time-out', 15],
        [GET, 'answer'],
        [GET, 'time-out', 15],
      ],
      { get: false, list: false },
    ],
    ['nothing after 23 requests in vain', [[GET, 'nothing', 23]], { get: false, list: false }],
    [
      'anything after 24, whatever is asked for',
      [
        [GET, 'nothing', 12],
        [LIST, 'nothing', 12],
      ],
      { get: true, list: true },
    ],
    [
      'anything from then on',
      [
        [GET, 'nothing', 24],
        [GET, 'answer'],
      ],
      { get: true, list: true },
    ],
    [
      'nothing where an answer came in between',
      [
        [GET, 'nothing', 20],
        [LIST, 'answer'],
        [GET, 'nothing', 20],
      ],
      { get: false, list: false },
    ],
  ])('%s', (_, steps, expected) => {
    const { isGone } = hearing(steps);
    expect({ get: isGone(GET), list: isGone(LIST) }).toEqual(expected);
  });
});
