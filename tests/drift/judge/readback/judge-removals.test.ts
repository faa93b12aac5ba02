import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import { judgeRemovals } from '../../../../scripts/drift/judge/readback/judge-removals.ts';
import { foreignRemoval } from '../../../../scripts/drift/plan/access-steps.ts';
import { turnIntoRemoved } from '../../../../scripts/drift/plan/lifecycle-steps.ts';
import { findStep } from '../../../../scripts/drift/plan/steps.ts';
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

const INTO = turnIntoRemoved(0, { role: 'agent', content: 'A note.', continued: true });

describe('a turn into a conversation', () => {
  it.each<[string, Partial<Made>[], Partial<Made>, string[]]>([
    ['that was removed, refused', [THERE, REMOVED, GONE], GONE, []],
    [
      'that was removed, accepted',
      [THERE, REMOVED, GONE],
      { body: [exchangeOf(1)[0]] },
      ['use-after-free #/removal/turn/status'],
    ],
    ['that was removed, with an error under 200', [THERE, REMOVED, GONE], { body: ERROR }, []],
    ['whose removal was refused', [THERE, { ...GONE, status: 403 }, THERE], { body: [exchangeOf(1)[0]] }, []],
  ])('%s', (_, answers, last, expected) => {
    const chain = [...removal(0, WHOLE.id, answers), { step: INTO, conversation: WHOLE.id, ...last }];
    expect(lines(judgeRemovals(viewOf([STARTED, chain], [1, 3])))).toEqual(expected);
  });
});

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

  describe('that Get refuses before its removal, which is a success for any id', () => {
    const listed = (...conversations: Conversation[]): Made => ({
      step: { ...findStep(), do: 'read' },
      body: page(conversations),
      conversation: WHOLE.id,
      exchange: { step: 0, look: 3 },
    });
    const removed = (witness: Made, before: readonly Made[] = []): string[] => {
      const [still, ...rest] = removal(0, WHOLE.id, [GONE, REMOVED, GONE]) as [Made, ...Made[]];
      const steps = rest.map((made, index) => ({ ...made, exchange: { step: index + 1 } }));
      const chains = [STARTED, before, [still, witness, ...steps]];
      return lines(judgeRemovals(viewOf(chains, [1, 3, 3])));
    };
    const byOthers: Made = { step: foreignRemoval(0), body: { success: true }, conversation: WHOLE.id };

    it('and the listing shows, is there', () => expect(removed(listed(WHOLE))).toEqual([]));
    it('and the listing does not show, went with another', () =>
      expect(removed(listed())).toEqual(['deletion-beyond-target #/removal/other']));
    it('and that was removed with the key of another workspace, was not theirs to remove', () =>
      expect(removed(listed(), [byOthers])).toEqual(['access-granted #/removal/foreign']));
  });

  it('that is there after another workspace has asked to remove it, is as it should be', () => {
    const byOthers: Made = { step: foreignRemoval(0), body: { success: true }, conversation: WHOLE.id };
    const chains = [STARTED, [byOthers], removal(0, WHOLE.id, [THERE, REMOVED, GONE])];
    expect(lines(judgeRemovals(viewOf(chains, [1, 3, 3])))).toEqual([]);
  });

  it('that was removed before by the same check is not held against its second removal', () => {
    expect(judge([THERE, REMOVED, GONE], [GONE, { status: 404, body: ERROR }, GONE])).toEqual([]);
  });
});
