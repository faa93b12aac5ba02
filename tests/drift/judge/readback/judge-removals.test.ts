import { describe, expect, it } from 'vitest';
import { judgeRemovals } from '../../../../scripts/drift/judge/readback/judge-removals.ts';
import {
  conversation,
  exchangeOf,
  found,
  lines,
  type Made,
  page,
  read,
  removal,
  turn,
  viewOf,
} from '../../made-run.ts';

const WHOLE = conversation(1, exchangeOf(1));
const STARTED = [turn(1), found(page([WHOLE])), read(WHOLE)];
const ERROR = { statusCode: 500, message: 'No.', error: 'Internal Server Error' };
const THERE = { body: WHOLE };
const GONE = { status: 500, body: ERROR };
const REMOVED = { body: { success: true } };

const judge = (...removals: readonly (readonly Partial<Made>[])[]): string[] => {
  const chains = removals.map((answers) => removal(0, WHOLE.id, answers));
  return lines(judgeRemovals(viewOf([STARTED, ...chains], [1, ...chains.map(() => 3)])));
};

describe('a conversation', () => {
  it.each<[string, Partial<Made>[], string[]]>([
    ['that is gone after its removal', [THERE, REMOVED, GONE], []],
    ['that is gone after its removal, with 404', [THERE, REMOVED, { ...GONE, status: 404 }], []],
    ['that is there after its removal', [THERE, REMOVED, THERE], ['use-after-free #/removal/get/status']],
    [
      'that is an empty success after its removal',
      [THERE, REMOVED, { body: {} }],
      ['invalid-request-accepted #/responses/removed-conversation/status'],
    ],
    ['whose removal was refused', [THERE, { status: 403, body: { ...ERROR, statusCode: 403 } }, THERE], []],
    [
      'that went with another',
      [GONE, { status: 404, body: { ...ERROR, statusCode: 404 } }, GONE],
      ['deletion-beyond-target #/removal/other'],
    ],
    ['that Get refuses, and the removal finds', [GONE, REMOVED, GONE], []],
  ])('%s', (_, answers, expected) => expect(judge(answers)).toEqual(expected));

  it('that was removed before by the same check is not held against its second removal', () => {
    expect(judge([THERE, REMOVED, GONE], [GONE, { status: 404, body: ERROR }, GONE])).toEqual([]);
  });
});
