import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../scripts/ledger/database.ts';
import { ingest } from '../../scripts/ledger/ingest.ts';
import { type Ledger, laneLines, spread, turnLines, writeLedger } from '../analysis/made-run.ts';

async function read(ledgers: readonly Ledger[], gz = false): Promise<{ lines: number; damaged: number }> {
  const db = await openDatabase();
  try {
    const { damaged } = await ingest(
      db,
      ledgers.map((lines) => writeLedger(lines, gz)),
      'run-1',
    );
    const { lines } = await db.row<{ lines: number }>('SELECT count(*) AS lines FROM line');
    return { lines, damaged };
  } finally {
    await db.close();
  }
}

const whole = laneLines(spread(3));

describe('ingest', () => {
  it.each<[string, Ledger, number, number]>([
    ['an empty ledger', [], 0, 0],
    ['every line', whole, 11, 0],
    ['empty lines between', [...whole, '', ''], 11, 0],
    ['noise', [...whole, 'time="now" level=warning', '[1]', '"text"', 'null', '{}'], 11, 5],
    ['an unknown kind', [...whole, '{"kind":"other"}'], 11, 1],
    ['a kind without what it requires', [...whole, '{"kind":"sent","conversation":1}'], 11, 1],
    ['a wrong type', [...whole, JSON.stringify(turnLines({})[0]).replace('"turn":0', '"turn":"first"')], 11, 1],
    [
      'an unknown outcome',
      [...whole, JSON.stringify(turnLines({ conversation: 9 })[1]).replace('answered', 'eaten')],
      11,
      1,
    ],
    ['two lines torn into one', [...whole, '{"kind":"sent","conver{"kind":"sent"}'], 11, 1],
    ['zeros of a crashed disk', [...whole, '\0\0\0\0\0'], 11, 1],
    ['two turns of one conversation that look alike', [...turnLines({ turn: 7 }), ...turnLines({ attempt: 1 })], 4, 0],
    ['lines that are there twice', [...whole, ...whole.slice(2, 6)], 11, 0],
    ['a turn that is beyond all others', turnLines({ turn: 2 ** 31 - 1, attempt: 2 ** 31 - 1 }), 2, 0],
    ['a line of 1 MB', [...whole, JSON.stringify({ kind: 'fault', lane: 0, at: 1, message: 'x'.repeat(1e6) })], 12, 0],
    ['a line of 20 MB among others', [whole[0] ?? '', 'x'.repeat(2e7), ...whole.slice(1)], 11, 1],
    ['a last line of 20 MB', [...whole, `{"kind":"fault","message":"${'x'.repeat(2e7)}`], 11, 1],
  ])('%s', async (_, ledger, lines, damaged) => {
    expect(await read([ledger])).toEqual({ lines, damaged });
  });

  it('leaves out lines that are too long of a packed ledger, too', async () => {
    expect(await read([[...whole, '['.repeat(2e7)]], true)).toEqual({ lines: 11, damaged: 1 });
  });

  it('reads gzip', async () => {
    expect(await read([whole], true)).toEqual({ lines: 11, damaged: 0 });
  });

  const otherRun = JSON.stringify(whole[0]).replace('run-1', 'run-2');
  const retold = turnLines({ conversation: 1, durationMs: 7 });
  it.each<[string, readonly Ledger[], string]>([
    ['another run', [whole, [otherRun]], 'is of run run-2, the plan of run run-1'],
    ['two executions of one plan', [whole, retold], 'Turn 0 of conversation 1 is in the ledgers twice and differs'],
  ])('refuses %s with exit code 2', async (_, ledgers, message) => {
    await expect(read(ledgers)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
  });
});
