import { describe, expect, it } from 'vitest';
import { file, openDatabase } from '../../scripts/ledger/database.ts';
import { readLedgers } from '../../scripts/ledger/read-ledgers.ts';
import { laneLines, PLAN, VIOLATION, writeLedger } from '../analysis/made-run.ts';

const NONE = { error: null, retryAfterMs: null, rules: [] };

describe('turns.parquet', () => {
  it('has what few lines of turns have, each by itself', async () => {
    const turns = laneLines([
      { conversation: 0 },
      { conversation: 1, outcome: 'lost', error: 'dial: refused' },
      { conversation: 2, status: 429 },
      { conversation: 3, violations: [VIOLATION] },
      { conversation: 4, outcome: 'absent' },
    ]);
    const path = writeLedger(
      turns.map((line) => (line.kind === 'settled' && line.status === 429 ? { ...line, retryAfterMs: 2_000 } : line)),
    );
    const db = await openDatabase();
    try {
      await readLedgers(db, { plan: PLAN, ledgers: [path], parquet: `${path}.parquet`, packing: 'zstd' });
      const rows = await db.rows(
        `SELECT error, retryAfterMs, list_transform(violations, lambda v: v.rule) AS rules
         FROM read_parquet(${file(`${path}.parquet`)}) ORDER BY conversation`,
      );
      expect(rows).toEqual([
        NONE,
        { ...NONE, error: 'dial: refused' },
        { ...NONE, retryAfterMs: 2_000 },
        { ...NONE, rules: [VIOLATION.rule] },
        NONE,
      ]);
    } finally {
      await db.close();
    }
  });
});
