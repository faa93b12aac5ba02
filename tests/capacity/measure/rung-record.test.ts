import { describe, expect, it } from 'vitest';
import type { LedgerLine } from '../../../contracts/generated/ledger.ts';
import { endWatch, recordOf } from '../../../scripts/capacity/measure/rung-record.ts';

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

it('has the turns of the closed model in the order of their arrivals, whichever lane numbered them', () => {
  const [start, ...sent] = unsettled(4);
  const at = [0, 30, 10, 20].map((ms) => ZERO + ms);
  const lines = sent.map((line, index) => ({ ...line, intendedAt: at[index], sentAt: at[index] }) as LedgerLine);
  const { turns } = recordOf(CLOSED, { lines: start === undefined ? lines : [start, ...lines], ended: true }, 8_000);
  expect(turns.map(({ atMs }) => atMs)).toEqual([0, 10, 20, 30]);
});

describe('a service that asks to stay away', () => {
  const OPEN = { kind: 'open', rate: 2, jumpStart: 0, skip: 0, arrivals: [0, 500], limited: true } as const;
  const refused = (retryAfterMs: number): LedgerLine => ({
    ...{ kind: 'settled', conversation: 1, turn: 0, attempt: 0, lane: 0, settledAt: ZERO + 9, outcome: 'answered' },
    ...{
      status: 429,
      errorCode: 1429,
      durationMs: 8,
      waitingMs: 8,
      connectMs: 0,
      bytes: 0,
      events: [],
      violations: [],
    },
    retryAfterMs,
  });

  it.each([
    ['for a moment is waited for', CLOSED, 60_000, 'interrupted', false],
    ['for longer ends the rung, whose turns count', CLOSED, 60_001, null, true],
    ['is measured where its limit is looked for', OPEN, 60_001, 'interrupted', false],
  ] as const)('%s', (_, rung, retryAfterMs, isVoid, aborted) => {
    const lines = [...unsettled(2), refused(retryAfterMs)];
    expect(recordOf(rung, { lines, ended: false }, 8_000)).toMatchObject({ void: isVoid, aborted });
    expect(endWatch(rung, 8_000)?.(refused(retryAfterMs)) ?? false).toBe(aborted);
  });
});
