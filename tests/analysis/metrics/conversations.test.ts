import { describe, expect, it } from 'vitest';
import type { LedgerLine } from '../../../contracts/generated/ledger.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Result } from '../../../contracts/generated/result.ts';
import { analyseLedgers, laneLines, type MadeTurn, plan, spread } from '../made-run.ts';

async function conversationsOf(lines: readonly LedgerLine[], of: Plan = plan()): Promise<Result['conversations']> {
  return (await analyseLedgers(of, [lines])).result.conversations;
}

/** Two turns a conversation: the second 3 s after the first, which takes 200 ms. */
const talks = (count: number): MadeTurn[] =>
  spread(count).flatMap((first) => [
    { ...first, durationMs: 200 },
    { ...first, turn: 1, atMs: (first.atMs ?? 0) + 3_000, lateMs: 100, durationMs: 500 },
  ]);

/** As the ledger has it, with another end of one in so many conversations, or none. */
const ending = (lines: readonly LedgerLine[], outcome: 'failed' | 'drained' | undefined, every: number): LedgerLine[] =>
  lines.flatMap((line) => {
    if (line.kind !== 'conversation' || line.conversation % every > 0) return [line];
    return outcome === undefined ? [] : [{ ...line, outcome }];
  });

describe('readConversations', () => {
  it('takes them from the intended start of the first turn to the answer of the last', async () => {
    const found = await conversationsOf(laneLines(talks(100)));
    expect(found?.completed).toMatchObject({ k: 100, n: 100, value: 1 });
    expect(found).toMatchObject({ turns: 2, p50: { value: 3_600 }, p95: { value: 3_600 } });
  });

  it('takes them from the sent turn in the closed model', async () => {
    const late = talks(10).map((turn) => ({ ...turn, lateMs: 100 }));
    expect((await conversationsOf(laneLines(late), plan([], { model: 'closed' })))?.p50.value).toBe(3_500);
  });

  it.each(['failed', 'drained', undefined] as const)('takes one that ended as %s for longer than any', async (end) => {
    const found = await conversationsOf(ending(laneLines(talks(100)), end, 10));
    expect(found?.completed).toMatchObject({ k: 90, n: 100, value: 0.9 });
    expect(found?.p50.value).toBe(3_600);
    expect(found?.p95).toMatchObject({ censored: true, upper: null });
  });

  it('says no percentile of too few', async () => {
    expect((await conversationsOf(laneLines(talks(4))))?.p50).toMatchObject({ value: null, needs: 5 });
  });

  it('is silent where none began in the measured window', async () => {
    expect(await conversationsOf(laneLines([{ atMs: 0 }]))).toBeUndefined();
    expect(await conversationsOf([])).toBeUndefined();
  });
});
