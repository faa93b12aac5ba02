import { describe, expect, it } from 'vitest';
import type { KeptTexts } from '../../contracts/generated/ledger.ts';
import { type KeeperOptions, textKeeper } from '../../scenarios/lanes/kept-texts.ts';

const forbidden = { keys: [], values: [], patterns: [], fields: [] };
const bodies = { request: '{"content":"hello"}', answer: '[]' };

function keeper(options: Partial<KeeperOptions>) {
  const lines: KeptTexts[] = [];
  const made = textKeeper({
    ...{ share: 0, seed: 7, lanes: 1, forbidden },
    record: (line) => void lines.push(line),
    ...options,
  });
  const keep = (conversation: number, isViolating = false, said = bodies): void =>
    made.keep({ conversation, turn: 1, attempt: 0, lane: 0, intendedAt: 0 }, said, isViolating);
  return { keep, lines, unkept: made.unkept, kept: () => lines.map((line) => line.conversation) };
}

describe('the keeper of texts', () => {
  it('keeps every turn with a violation, and of the others the share, the same ones for the same seed', () => {
    const run = (seed: number, share: number): number[] => {
      const { keep, kept } = keeper({ seed, share });
      for (let conversation = 0; conversation < 2_000; conversation++) keep(conversation, conversation === 5);
      return kept();
    };
    expect(run(7, 0)).toEqual([5]);
    expect(run(7, 1)).toHaveLength(2_000);
    expect(run(7, 0.25)).toEqual(run(7, 0.25));
    expect(run(7, 0.25)).not.toEqual(run(8, 0.25));
    expect(run(7, 0.25).length).toBeGreaterThan(400);
    expect(run(7, 0.25).length).toBeLessThan(600);
  });

  it('keeps what was sent where no answer came', () => {
    const { keep, lines } = keeper({ share: 1 });
    keep(3, false, { ...bodies, answer: null as never });
    expect(lines).toEqual([
      {
        kind: 'texts',
        conversation: 3,
        turn: 1,
        attempt: 0,
        lane: 0,
        at: expect.any(Number),
        request: { content: 'hello' },
      },
    ]);
  });

  it('stops at the limit of its lane, and counts what it did not keep', () => {
    const { keep, kept, unkept } = keeper({ share: 1, lanes: 250 });
    const long = { request: '{}', answer: 'x'.repeat(90_000) };
    for (let conversation = 0; conversation < 4; conversation++) keep(conversation, true, long);
    keep(9);
    expect([kept(), unkept()]).toEqual([[0, 1, 9], 2]);
  });
});
