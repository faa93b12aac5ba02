import { expect, it } from 'vitest';
import { isOfRemoval } from '../../../scripts/drift/judge/explains-removal.ts';
import { DRIFT_RULES } from '../../../scripts/drift/rules/index.ts';
import type { Group } from '../../../scripts/drift/sighting.ts';

const group = (rule: string, operation = '', condition = ''): Group =>
  ({ key: rule, sightings: [{ rule, probe: { operation, step: { expect: { condition } } } }] }) as unknown as Group;
const { beyondTarget, invalidAccepted, useAfterFree, validRefused } = DRIFT_RULES;

it.each<[string, string, Group, boolean]>([
  ['a refused removal', beyondTarget.id, group(validRefused.id, 'delete-conversations'), true],
  ['a refused turn', beyondTarget.id, group(validRefused.id, 'generate-answer'), false],
  ['a removal that is done', beyondTarget.id, group(invalidAccepted.id, 'delete-conversations'), false],
  ['an unknown id', useAfterFree.id, group(invalidAccepted.id, 'delete-conversations', 'bulk-with-unknown-id'), true],
  ['a bad body', useAfterFree.id, group(invalidAccepted.id, 'delete-conversations', 'bulk-no-body'), false],
  ['a refused removal', useAfterFree.id, group(validRefused.id, 'delete-conversations'), false],
])('%s follows from %s', (_, cause, follows, expected) => {
  expect(isOfRemoval(group(cause), follows)).toBe(expected);
});
