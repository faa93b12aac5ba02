import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../scripts/analysis/analyse.ts';
import { analyseLedgers, laneLines, plan, spread, writeLedger } from './made-run.ts';

describe('ledgers', () => {
  const turns = spread(80, (i) => ({ durationMs: 100 + ((i * 37) % 50), ...(i % 9 === 0 ? { status: 500 } : {}) }));
  const two = plan([{ metric: 'errors.share', op: '<=', limit: 0.01 }], { lanes: 2 });
  const lanes = [0, 1].map((lane) =>
    laneLines(
      turns.filter(({ conversation = 0 }) => conversation % 2 === lane),
      lane,
    ),
  );

  it('of several runners merge exactly, in any order, gzip too, repeated lines once', async () => {
    const [first = [], second = []] = lanes;
    const whole = await analyseLedgers(two, [[...first, ...second]]);
    const shuffled = await analyseLedgers(two, [[...second].reverse(), [...first].reverse()]);
    const repeated = await analyseLedgers(two, [[...first, ...second], first]);
    const parquet = `${writeLedger([])}.parquet`;
    const packed = await analyse({ plan: two, ledgers: [writeLedger(first, true), writeLedger(second)], parquet });
    // What customers said is the owner's alone to read, in this form, too.
    expect(statSync(parquet).mode & 0o777).toBe(0o600);
    for (const other of [shuffled, repeated, packed]) expect(other).toEqual(whole);
    expect(whole.result.complete).toBe(true);
  });

  it('one runner alone is an incomplete run', async () => {
    const { result } = await analyseLedgers(two, lanes.slice(0, 1));
    expect(result.problems.map(({ code }) => code)).toEqual(['lane-missing']);
    expect(result.complete).toBe(false);
    expect(result.exitCode).toBe(1);
  });
});
