import { expect, it } from 'vitest';
import { isOfRemoval } from '../../../scripts/drift/judge/explains-removal.ts';
import { DRIFT_RULES } from '../../../scripts/drift/rules/index.ts';
import type { Group } from '../../../scripts/drift/sighting.ts';

const group = (rule: string, operation = '', condition = '', phase = 1, exchange = {}): Group => {
  const step = { expect: { condition }, ...(operation === 'generate-answer' && { turn: {} }) };
  return {
    key: rule,
    sightings: [{ rule, probe: { operation, step, chain: { phase }, exchange } }],
  } as unknown as Group;
};
const { beyondTarget, continuationIgnored, foreignEvents, invalidAccepted, useAfterFree, validRefused } = DRIFT_RULES;

it.each<[string, string, Group, boolean]>([
  ['a refused removal', beyondTarget.id, group(validRefused.id, 'delete-conversations'), true],
  ['a refused turn', beyondTarget.id, group(validRefused.id, 'generate-answer'), false],
  [
    'a read of what is not there',
    beyondTarget.id,
    group(validRefused.id, 'get-conversation', '', 1, { status: 404 }),
    true,
  ],
  [
    'a read of what is not there, as the reference answers it',
    beyondTarget.id,
    group(validRefused.id, 'get-conversation', '', 1, { status: 500 }),
    true,
  ],
  [
    'a read that is refused',
    beyondTarget.id,
    group(validRefused.id, 'get-conversation', '', 1, { status: 403 }),
    false,
  ],
  [
    'a read of another one that is not there',
    beyondTarget.id,
    group(validRefused.id, 'get-conversation', '', 1, { status: 404, conversation: 'b' }),
    false,
  ],
  ['a removal that is done', beyondTarget.id, group(invalidAccepted.id, 'delete-conversations'), false],
  ['an unknown id', useAfterFree.id, group(invalidAccepted.id, 'delete-conversations', 'bulk-with-unknown-id'), true],
  ['a removal of several', foreignEvents.id, group(beyondTarget.id), true],
  ['a start after a removal', foreignEvents.id, group(validRefused.id, 'generate-answer', '', 3), true],
  ['a start before', foreignEvents.id, group(validRefused.id, 'generate-answer'), false],
  ['a bad body', useAfterFree.id, group(invalidAccepted.id, 'delete-conversations', 'bulk-no-body'), false],
  ['a turn after a removal', continuationIgnored.id, group(useAfterFree.id, 'generate-answer'), true],
  ['a read after a removal', continuationIgnored.id, group(useAfterFree.id, 'get-conversation'), false],
  ['a refused removal', useAfterFree.id, group(validRefused.id, 'delete-conversations'), false],
])('%s follows from %s', (_, cause, follows, expected) => {
  expect(isOfRemoval(group(cause), follows)).toBe(expected);
});
