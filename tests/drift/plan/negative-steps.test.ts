import { expect, it } from 'vitest';
import { negativeSteps } from '../../../scripts/drift/plan/negative-steps.ts';

const NOW = 1_770_000_000_000;
const steps = new Map(negativeSteps('agent', NOW).map((step) => [step.expect.condition, step]));

it.each([
  ['bulk-too-many', 51, [400]],
  ['bulk-at-limit', 50, [406]],
  ['bulk-unknown-id', 1, [406]],
])('%s names %i conversations, of which none is there', (condition, count, statuses) => {
  const { body = '{}', expect: expected } = steps.get(condition) ?? {};
  const { ids } = JSON.parse(body) as { ids: string[] };
  expect([new Set(ids).size, expected?.statuses]).toEqual([count, statuses]);
  expect(ids.every((id) => id.startsWith('ffffffff-0000-4000-8000-'))).toBe(true);
});

it.each([
  ['window-backwards', 86_400_000],
  ['window-empty', 0],
])('%s ends %i ms before it begins', (condition, before) => {
  const [, since, until] = /since=(\d+)&until=(\d+)/.exec(steps.get(condition)?.path ?? '') ?? [];
  expect(Number(since) - Number(until)).toBe(before);
});
