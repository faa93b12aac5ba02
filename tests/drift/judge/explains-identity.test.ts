import { expect, it } from 'vitest';
import { isOfReusedIds } from '../../../scripts/drift/judge/explains-identity.ts';
import { DRIFT_RULES } from '../../../scripts/drift/rules/index.ts';
import type { Group, Probe } from '../../../scripts/drift/sighting.ts';

const group = (rule: string, count: number, probe: object = {}): Group =>
  ({ key: rule, sightings: Array(count).fill({ rule, probe: probe as Probe }) }) as unknown as Group;
const OF_ONE = { operation: 'get-conversation', exchange: { conversation: 'c' } };

it.each<[string, string, number, object, boolean]>([
  ['a conversation that shows events of others', DRIFT_RULES.foreignEvents.id, 8, OF_ONE, true],
  ['a conversation that was removed by another name', 'valid-request-refused', 8, OF_ONE, true],
  ['the same where few ids name several events', DRIFT_RULES.foreignEvents.id, 7, OF_ONE, false],
  ['a refused turn', 'valid-request-refused', 8, { operation: 'generate-answer', exchange: {} }, false],
  ['a reply that leaks', 'reply-leak', 8, OF_ONE, false],
])('ids that name several events explain %s', (_, rule, count, probe, expected) => {
  expect(isOfReusedIds(group(DRIFT_RULES.idReused.id, count), group(rule, 2, probe))).toBe(expected);
});
