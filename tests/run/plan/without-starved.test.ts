import { expect, it } from 'vitest';
import type { Gate } from '../../../contracts/generated/plan.ts';
import { makePlan } from '../../../scripts/run/plan/make-plan.ts';
import { withoutStarved } from '../../../scripts/run/plan/without-starved.ts';
import { planInput } from './sample-input.ts';

const gate = (metric: string, more: Partial<Gate> = {}): Gate => ({ metric, op: '<', limit: 1, ...more });
const GATES = [
  gate('latency.p50'),
  gate('latency.p95'),
  gate('waiting.p95{role:user}'),
  gate('latency.max'),
  gate('latency.p99', { minSample: 5 }),
  gate('errors.share', { minSample: 5_000 }),
];

async function planned(conversations: number, harmless: boolean) {
  const input = await planInput({ flags: { conversations } });
  const profile = { ...input.profile, harmless, conversations: 8 };
  const plan = makePlan({ ...input, config: { ...input.config, gates: GATES } });
  return withoutStarved(plan, profile);
}

it('percentiles that a smoke test has too few turns for are not judged, and named; nothing else is taken away', async () => {
  const plan = await planned(8, true);
  expect(plan.gatesStarved).toEqual(['latency.p95', 'waiting.p95{role:user}']);
  expect(plan.gates.map(({ metric }) => metric)).toEqual(['latency.p50', 'latency.max', 'latency.p99', 'errors.share']);
});

it.each([
  ['a scenario for load', 8, false],
  ['a smoke test that was made larger', 9, true],
])('%s keeps its gates', async (_, conversations, harmless) => {
  const plan = await planned(conversations, harmless);
  expect(plan.gates).toEqual(GATES);
  expect(plan).not.toHaveProperty('gatesStarved');
});
