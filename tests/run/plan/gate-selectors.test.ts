import { describe, expect, it } from 'vitest';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { assertKnownSelectors } from '../../../scripts/run/plan/gate-selectors.ts';
import { makePlan } from '../../../scripts/run/plan/make-plan.ts';
import { planInput } from './sample-input.ts';

const conversations: [ConversationScript, ...ConversationScript[]] = [
  { id: 'late-order', language: 'de', turns: [{ content: 'a' }, { role: 'agent', content: 'b' }] },
  { id: 'refund', language: 'en', turns: [{ content: 'c' }] },
];

const check = async (selectors: string): Promise<void> => {
  const input = await planInput({ workload: { source: 'support.jsonl', sha256: '0', conversations } });
  const gates = [{ metric: `latency.p95{${selectors}}`, op: '<', limit: 1 }] as const;
  assertKnownSelectors(makePlan({ ...input, config: { ...input.config, gates } }));
};

describe('assertKnownSelectors', () => {
  it.each(['stage:steady', 'stage:warm-up', 'role:agent', 'language:de', 'script:refund', 'stage:steady,language:en'])(
    'takes %s',
    async (selectors) => {
      await expect(check(selectors)).resolves.toBeUndefined();
    },
  );

  it.each([
    ['stage:staedy', 'scenario load has no stage staedy; did you mean steady?'],
    ['stage:zzzzzzzzzz', 'has no stage zzzzzzzzzz; there are warm-up, steady'],
    ['role:finibot', 'workload support.jsonl has no role finibot; there are user, agent'],
    ['language:fr', 'has no language fr; '],
    ['script:refnd', 'has no script refnd; did you mean refund?'],
    ['role:user,script:x', 'has no script x'],
  ])('refuses %s', async (selectors, message) => {
    await expect(check(selectors)).rejects.toThrow(message);
  });
});
