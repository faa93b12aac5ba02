import { describe, expect, it } from 'vitest';
import type { LedgerLine } from '../../../contracts/generated/ledger.ts';
import { recordOf } from '../../../scripts/capacity/measure/rung-record.ts';

const ZERO = 1_000_000;
const CLOSED = { kind: 'closed', concurrency: 2, turns: 10 } as const;

/** Turns that were sent, of which nothing else is known. */
const unsettled = (count: number): LedgerLine[] => [
  { kind: 'lane-start', lane: 0, at: ZERO, startAt: ZERO, runId: 'run' },
  ...Array.from({ length: count }, (_, conversation): LedgerLine => {
    const at = ZERO + conversation;
    return { kind: 'sent', conversation, turn: 0, attempt: 0, lane: 0, role: 'user', intendedAt: at, sentAt: at };
  }),
];

describe('turns that were sent and never settled', () => {
  it('are bad once k6 has ended by itself: nothing will settle them', () => {
    const { turns, void: isVoid } = recordOf(CLOSED, { lines: unsettled(10), ended: true }, 8_000);
    expect(isVoid).toBeNull();
    expect(turns.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 10 }, () => 'failed'));
  });

  it('are unknown where the run was cut short', () => {
    const { turns, void: isVoid } = recordOf(CLOSED, { lines: unsettled(10), ended: false }, 8_000);
    expect(isVoid).toBe('interrupted');
    expect(turns.every(({ outcome }) => outcome === 'unknown')).toBe(true);
  });
});
