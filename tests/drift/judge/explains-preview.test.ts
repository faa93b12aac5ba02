import { expect, it } from 'vitest';
import { isOfMessage } from '../../../scripts/drift/judge/explains-preview.ts';
import { DRIFT_RULES } from '../../../scripts/drift/rules/index.ts';
import type { Group } from '../../../scripts/drift/sighting.ts';

const group = (rule: string, template: string): Group =>
  ({ key: rule, sightings: [{ rule, template }] }) as unknown as Group;
const { foreignAttributes, readbackAltered, textGarbled } = DRIFT_RULES;

it.each<[string, string, string, string, boolean]>([
  ['words of another', 'cross-talk', foreignAttributes.id, '#/readback/subjectPreview', true],
  ['words of another', 'cross-talk', foreignAttributes.id, '#/readback/userAttributes', false],
  ['an escaped message', 'echo-mismatch', textGarbled.id, '#/readback/subjectPreview', true],
  ['a message that is stored escaped', readbackAltered.id, textGarbled.id, '#/readback/subjectPreview', true],
  ['an escaped message', 'echo-mismatch', textGarbled.id, '#/agents/name', false],
  ['another event', 'event-missing', textGarbled.id, '#/readback/subjectPreview', false],
])('%s (%s) explains %s at %s: %s', (_, cause, rule, template, expected) => {
  expect(isOfMessage(group(cause, '#/responses/200/body/*/message'), group(rule, template))).toBe(expected);
});
