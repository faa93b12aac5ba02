import { expect, it } from 'vitest';
import { isOfRemoval } from '../../../scripts/drift/judge/explains-removal.ts';
import { DRIFT_RULES } from '../../../scripts/drift/rules/index.ts';
import type { Group } from '../../../scripts/drift/sighting.ts';

const group = (rule: string, operation = '', condition = '', phase = 1): Group => {
  const step = { expect: { condition }, ...(operation === 'generate-answer' && { turn: {} }) };
  return { key: rule, sightings: [{ rule, probe: { operation, step, chain: { phase } } }] } as unknown as Group;
};
const { beyondTarget, continuationIgnored, foreignEvents, invalidAccepted, useAfterFree, validRefused } = DRIFT_RULES;

it.each<[string, string, Group, boolean]>([
  ['a refused removal', beyondTarget.id, group(validRefused.id, 'delete-conversations'), true],
  ['a refused turn', beyondTarget.id, group(validRefused.id, 'generate-answer'), false],
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
