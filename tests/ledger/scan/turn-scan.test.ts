import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOST_ROWS } from '../../../scripts/ledger/row-source.ts';
import { TurnScan } from '../../../scripts/ledger/scan/turn-scan.ts';
import { type Ledger, laneLines, spread, turnLines, VIOLATION, writeLedger } from '../../analysis/made-run.ts';

/** How many turns each batch has, whether any does not fit, how many conversations ended, and how many lines are put aside. */
function scanOf(ledgers: readonly Ledger[]) {
  const paths = ledgers.map((lines) => writeLedger(lines));
  const others = join(dirname(paths[0] ?? ''), 'others.ndjson');
  const scan = new TurnScan(paths, others);
  const batches: number[] = [];
  for (let rows = scan.next(); rows !== undefined; rows = scan.next()) batches.push(rows.count);
  scan.close();
  const aside = readFileSync(others, 'utf8').split('\n').length - 1;
  let ends = 0;
  for (let rows = scan.ends.next(); rows !== undefined; rows = scan.ends.next()) ends += rows.count;
  return { batches, ends, aside, isMisfit: scan.isMisfit, mayRepeat: scan.mayRepeat, cutLanes: [...scan.cutLanes] };
}

const whole = laneLines(spread(3));
const FITS = { isMisfit: false, mayRepeat: false, cutLanes: [] };
const [start] = whole;
const again = turnLines({ conversation: 0, atMs: 9_000 });

describe('TurnScan', () => {
  it.each<[string, readonly Ledger[], object]>([
    ['turns that settled', [whole], { ...FITS, batches: [3], ends: 3, aside: 2 }],
    [
      'turns that never did',
      [laneLines([{}, { conversation: 1, outcome: 'absent' }])],
      { ...FITS, batches: [1, 1], ends: 2, aside: 2, cutLanes: [0] },
    ],
    [
      'unusual lines',
      [laneLines([{ violations: [VIOLATION] }, { conversation: 1, outcome: 'lost', error: 'x' }])],
      { ...FITS, batches: [2], ends: 2, aside: 2 },
    ],
    [
      'many turns',
      [laneLines(spread(MOST_ROWS + 1))],
      { ...FITS, batches: [MOST_ROWS, 1], ends: MOST_ROWS + 1, aside: 2 },
    ],
    ['several ledgers', [whole, laneLines([{ conversation: 9 }], 7)], { ...FITS, batches: [4], ends: 4, aside: 4 }],
    [
      'a turn that was there before',
      [[...whole, ...again]],
      { ...FITS, mayRepeat: true, batches: [4], ends: 3, aside: 2 },
    ],
    [
      'a turn that is in flight',
      [[start ?? '', ...again.slice(0, 1), ...again]],
      { ...FITS, isMisfit: true, mayRepeat: false, batches: [], ends: 0, aside: 1 },
    ],
    [
      'settled without being sent',
      [[start ?? '', ...again.slice(1)]],
      { ...FITS, isMisfit: true, batches: [], ends: 0, aside: 1 },
    ],
    ['a lane that did not start', [again], { ...FITS, isMisfit: true, batches: [], ends: 0, aside: 0 }],
    ['a line that is none', [['{"kind":"sent",', ...whole]], { ...FITS, batches: [3], ends: 3, aside: 3 }],
  ])('%s', (_, ledgers, expected) => {
    expect(scanOf(ledgers)).toEqual(expected);
  });
});
