import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LedgerLine, Outcome } from '../../contracts/generated/ledger.ts';

interface Breaker {
  readonly isOpen: () => boolean;
  readonly note: (outcome: Outcome, status: number) => void;
}

const written = vi.hoisted((): LedgerLine[] => []);
vi.mock('../../scenarios/lanes/ledger.ts', () => ({ record: (line: LedgerLine) => void written.push(line) }));
vi.mock('../../scenarios/lanes/plan.ts', () => ({
  settings: { breaker: { rateLimited: 3, failing: 4, unreachable: 2 } },
}));

/** Not a literal: its types need k6's globals, which these tests do not have. */
const MODULE: string = '../../scenarios/lanes/breaker.ts';
const { circuitBreaker } = (await import(MODULE)) as { circuitBreaker: (lane: number) => Breaker };

type Turn = readonly [outcome: Outcome, status: number];
const OK: Turn = ['answered', 200];
const LIMITED: Turn = ['answered', 429];
const FAILED: Turn = ['answered', 500];
const LOST: Turn = ['lost', 0];
const UNSENT: Turn = ['unsent', 0];
const CUT: Turn = ['cut', 0];

/** Turns in the order of settling, the number of turns after which the breaker is open (undefined: never), and why. */
const CASES: [what: string, turns: Turn[], opensAfter: number | undefined, reason?: string][] = [
  ['good answers', [OK, OK, OK, OK, OK], undefined],
  ['a refused key at once', [OK, ['answered', 401]], 2, 'unauthorised'],
  ['a forbidden request at once', [['answered', 403]], 1, 'forbidden'],
  ['a streak of 429', [LIMITED, LIMITED, LIMITED], 3, 'rate-limited'],
  ['429 between good answers', [LIMITED, LIMITED, OK, LIMITED, LIMITED], undefined],
  ['a streak of failures of any kind', [FAILED, LOST, ['timed-out', 0], ['answered', 503]], 4, 'failing'],
  ['failures between good answers', [FAILED, FAILED, FAILED, OK, FAILED, FAILED, FAILED], undefined],
  ['no connection', [UNSENT, UNSENT], 2, 'unreachable'],
  ['a refusal of the request counts as an answer', [FAILED, FAILED, FAILED, ['answered', 400], FAILED], undefined],
  ['cut turns neither count nor end a streak', [FAILED, FAILED, CUT, CUT, CUT, CUT, FAILED, FAILED], 8, 'failing'],
  ['streaks of two kinds do not add up', [LIMITED, LIMITED, FAILED, FAILED, FAILED, UNSENT], undefined],
  ['another kind does not end a streak', [LIMITED, FAILED, LIMITED, FAILED, LIMITED], 5, 'rate-limited'],
];

describe('circuitBreaker', () => {
  beforeEach(() => void written.splice(0));

  it.each<(typeof CASES)[number]>(CASES)('%s', (_, turns, opensAfter, reason) => {
    const breaker = circuitBreaker(7);
    const open = turns.map(([outcome, status]) => {
      breaker.note(outcome, status);
      return breaker.isOpen();
    });
    expect(open).toEqual(turns.map((_turn, index) => opensAfter !== undefined && index + 1 >= opensAfter));
    const lines =
      opensAfter === undefined ? [] : [{ kind: 'breaker', lane: 7, reason, status: turns[opensAfter - 1]?.[1] }];
    expect(written).toMatchObject(lines);
    expect(written).toHaveLength(lines.length);
  });

  it('opens once', () => {
    const breaker = circuitBreaker(0);
    for (let turn = 0; turn < 10; turn++) breaker.note('answered', 401);
    expect(written).toHaveLength(1);
  });
});
