import { expect, it } from 'vitest';
import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import { referenceText } from '../../../../contracts/reference.ts';
import { judgeConversations } from '../../../../scripts/drift/judge/readback/judge-conversations.ts';
import { turnStep } from '../../../../scripts/drift/plan/steps.ts';
import { conversation, exchangeOf, found, lines, type Made, NOW, page, read, turn, viewOf } from '../../made-run.ts';

const RUN = 7;
const said = (number: number): Made => {
  const reference = { run: RUN, conversation: number, turn: 0 };
  const content = `Question ${number}. ${referenceText(reference)}`;
  return {
    ...turn(number),
    step: turnStep('U', 'valid-user-turn', { role: 'user', content, continued: false, reference }, {}),
  };
};
const preview = (number: number, run = RUN): string =>
  `Question ${referenceText({ run, conversation: number, turn: 0 })}`;

it.each<[string, Partial<Conversation>, string[]]>([
  ['no preview', {}, []],
  ['a preview of its own', { subjectPreview: preview(1) }, []],
  ['a preview that was cut', { subjectPreview: preview(2).slice(0, 20) }, []],
  ['a preview of another check', { subjectPreview: preview(2, 8) }, []],
  ['a preview of another one', { subjectPreview: preview(2) }, ['foreign-attributes-shown #/readback/subjectPreview']],
  [
    'a preview with entities',
    { subjectPreview: 'Question&nbsp;1. &#91;ref' },
    ['text-garbled #/readback/subjectPreview'],
  ],
  ['a preview in other words', { subjectPreview: 'Questions &amp; answers' }, []],
  ['a beginning before its events', { createdAt: NOW - 9_000 }, []],
  ['a beginning of another clock', { createdAt: NOW + 290_000 }, []],
  ['a beginning in another unit', { createdAt: Math.floor(NOW / 1_000) + 3_600 }, []],
  [
    'a beginning after its events',
    { createdAt: NOW + 3_600_000 },
    ['conversation-timestamp-order #/readback/createdAt'],
  ],
  [
    'a beginning after its events, as text',
    { createdAt: new Date(NOW + 3_600_000).toISOString() },
    ['conversation-timestamp-order #/readback/createdAt'],
  ],
])('a conversation with %s', (_, change, expected) => {
  const own = conversation(1, exchangeOf(1), change);
  expect(lines(judgeConversations(viewOf([[said(1), read(own)], [said(2)]])))).toEqual(expected);
});

it.each([
  ['the same beginning', 0, []],
  ['a beginning in whole seconds', 999, []],
  ['another beginning', 5_000, ['conversation-redated #/readback/createdAt']],
])('a conversation that is read again with %s', (_, later, expected) => {
  const reads = [0, later].map((by) => read(conversation(1, exchangeOf(1), { createdAt: NOW - 10_000 + by })));
  expect(lines(judgeConversations(viewOf([[said(1), ...reads]])))).toEqual(expected);
});

it.each<[string, Partial<Conversation>, string[]]>([
  ['as it is', {}, []],
  ['a preview of its own', { subjectPreview: preview(1) }, []],
  [
    'a preview of another one',
    { subjectPreview: preview(2) },
    ['foreign-attributes-shown #/listing/interactions/*/subjectPreview'],
  ],
  [
    'a beginning after its events',
    { createdAt: NOW + 3_600_000 },
    ['conversation-timestamp-order #/listing/interactions/*/createdAt', 'conversation-redated #/readback/createdAt'],
  ],
  ['an earlier beginning than Get', { createdAt: NOW - 9_000 }, ['conversation-redated #/readback/createdAt']],
])('a conversation that is listed with %s', (_, change, expected) => {
  const asked = said(1);
  const events = exchangeOf(1, { user: { message: asked.step.turn?.content ?? '' } });
  const listed = found(page([conversation(1, events, change)]));
  const view = viewOf([[{ ...asked, body: events }, listed, read(conversation(1, events))], [said(2)]]);
  expect(lines(judgeConversations(view))).toEqual(expected);
});
