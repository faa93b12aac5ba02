import { describe, expect, it } from 'vitest';
import type { ConversationEnd } from '../../contracts/generated/ledger.ts';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import type { Spoil } from './front.ts';
import { spoiltRun } from './spoilt-run.ts';
import { server } from './support.ts';

describe('a service that asks for a pause', async () => {
  const faithful = await server({ service: { law: 'constant', meanMs: 5 } });

  it('Retry-After beyond the end: slots of the closed model are withheld when the window ends', async () => {
    const args = ['load', '--concurrency', '2', '--duration', '3s'];
    const spoil: Spoil = () => ({ status: 429, headers: { 'retry-after': '3600' }, body: '' });
    const { ledger, exitCode, said } = await spoiltRun(faithful, spoil, { args });
    expect(exitCode, said).toBe(EXIT.noEvidence);
    const ends = ledger.filter((line): line is ConversationEnd => line.kind === 'conversation');
    const [start] = ledger.filter((line) => line.kind === 'lane-start');
    const withheld = ends.filter(({ outcome }) => outcome === 'withheld');
    expect(withheld).toHaveLength(2);
    for (const { at } of withheld) expect(at).toBeGreaterThanOrEqual((start?.startAt ?? 0) + 3_000);
    expect(ledger.some(({ kind }) => kind === 'lane-end')).toBe(true);
  });

  it('a short Retry-After delays what begins, and is nobody’s lateness', async () => {
    const args = ['load', '--concurrency', '2', '--duration', '4s'];
    const spoil: Spoil = (answer, turn) =>
      turn === 2 ? { status: 429, headers: { 'retry-after': '1' }, body: '' } : answer;
    const { ledger, sent, settled } = await spoiltRun(faithful, spoil, { args });
    expect(ledger.some((line) => line.kind === 'conversation' && line.outcome === 'withheld')).toBe(false);
    const [asked] = settled.filter(({ status }) => status === 429);
    const next = sent.filter(
      ({ lane, turn, sentAt }) => lane === asked?.lane && turn === 0 && sentAt > asked.settledAt,
    );
    expect(next.length).toBeGreaterThan(0);
    for (const { intendedAt } of next) expect(intendedAt).toBeGreaterThanOrEqual((asked?.settledAt ?? 0) + 1_000);
  });
});
