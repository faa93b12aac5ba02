import { existsSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationEnd, LedgerLine } from '../../contracts/generated/ledger.ts';
import { file, openDatabase } from '../../scripts/ledger/database.ts';
import { readLedgers } from '../../scripts/ledger/read-ledgers.ts';
import { type Ledger, laneLines, PLAN, spread, turnLines, VIOLATION, writeLedger, ZERO } from '../analysis/made-run.ts';
import { cases } from '../fuzz/odd.ts';

/** What is read of ledgers, or the message they are refused with. */
async function read(ledgers: readonly Ledger[], gz = false): Promise<unknown> {
  const paths = ledgers.map((lines) => writeLedger(lines, gz));
  const parquet = `${paths[0]}.parquet`;
  const db = await openDatabase();
  try {
    const { damaged } = await readLedgers(db, { plan: PLAN, ledgers: paths, parquet, packing: 'zstd' });
    expect(statSync(parquet).mode & 0o777).toBe(0o600);
    return {
      damaged,
      turns: await db.rows(`SELECT * FROM read_parquet(${file(parquet)}) ORDER BY ALL`),
      columns: await db.rows(`DESCRIBE SELECT * FROM read_parquet(${file(parquet)})`),
      lanes: await db.rows('SELECT * FROM lane ORDER BY ALL'),
      others: await db.rows(`SELECT * FROM line WHERE kind NOT IN ('sent', 'settled') ORDER BY ALL`),
    };
  } catch (error) {
    expect(existsSync(parquet)).toBe(false);
    return (error as Error).message;
  } finally {
    expect(existsSync(`${parquet}.part`)).toBe(false);
    await db.close();
  }
}

const ID = 'c56a4180-65aa-42ec-a945-5fd21dec0538';
const EVENTS = [
  { id: ID, role: 'user', createdAt: ZERO, chars: 5 },
  {
    id: '00000000-0000-4000-8000-0000000000ff',
    role: 'finibot',
    createdAt: ZERO + 0.5,
    chars: 7,
    hash: '00ff00ff80000001',
  },
];

type Changes = Partial<Record<'sent' | 'settled', object>>;

/** The lines of a run of six turns, the third of which is changed. */
function changed({ sent, settled }: Changes): LedgerLine[] {
  return laneLines(spread(6, (index) => (index === 4 ? { outcome: 'absent' } : {}))).map((line) => {
    if (!('conversation' in line) || line.conversation !== 2) return line;
    if (line.kind === 'sent') return { ...line, ...sent };
    return line.kind === 'settled' ? { ...line, ...settled } : line;
  });
}

const ended = (changes: Partial<ConversationEnd>): ConversationEnd => ({
  kind: 'conversation',
  conversation: 7,
  lane: 0,
  at: ZERO + 5_000.5,
  template: 'a',
  outcome: 'failed',
  turnsPlanned: 2,
  turnsSent: 1,
  ...changes,
});

const texts = (lines: readonly LedgerLine[]): string[] => lines.map((line) => JSON.stringify(line));
const whole = laneLines(spread(6));
const [start = whole[0], ...rest] = whole;

/** Packed ledgers are read as a whole, plain ones turn by turn. */
async function readBoth(ledgers: readonly Ledger[]): Promise<unknown> {
  const plain = await read(ledgers);
  expect(plain).toEqual(await read(ledgers, true));
  return plain;
}

describe('readLedgers', () => {
  it.each<[string, Changes, object]>([
    ['an id of a conversation', { sent: { interactionId: ID } }, { interactionId: ID }],
    ['an id that is no UUID', { sent: { interactionId: 'Ü "1"' } }, { interactionId: 'Ü "1"' }],
    ['no events', { settled: { events: [] } }, { events: [] }],
    ['one event', { settled: { events: EVENTS.slice(0, 1) } }, { events: [{ ...EVENTS[0], hash: null }] }],
    ['two events', { settled: { events: EVENTS } }, { events: [{ ...EVENTS[0], hash: null }, EVENTS[1]] }],
    [
      'a role that no turn has',
      { settled: { events: [{ ...EVENTS[0], role: 'clerk' }] } },
      { events: [{ ...EVENTS[0], role: 'clerk', hash: null }] },
    ],
    ['a form', { settled: { form: '16.2.1 0.1.0' } }, { form: '16.2.1 0.1.0' }],
    [
      'an error',
      { settled: { outcome: 'lost', status: 0, error: 'dial: "x"\n' } },
      { error: 'dial: "x"\n', outcome: 'lost' },
    ],
    ['a pause', { settled: { status: 429, retryAfterMs: 1_500 } }, { retryAfterMs: 1_500, status: 429 }],
    ['a violation and a form', { settled: { form: 'x', violations: [VIOLATION] } }, { form: 'x', violated: true }],
    ['a small number', { settled: { durationMs: 5e-7 } }, { durationMs: 5e-7 }],
    [
      'a number of 17 digits',
      { sent: { intendedAt: 1_002_345.678_901_234_5 } },
      { intendedAt: 1_002_345.678_901_234_5 },
    ],
    ['a clock that was set back', { settled: { durationMs: -1 } }, { durationMs: -1 }],
    ['a status of no number', { settled: { status: -5 } }, { status: -5 }],
  ])('reads a turn with %s', async (_, changes, expected) => {
    const { turns } = (await readBoth([changed(changes)])) as { turns: object[] };
    expect(turns).toHaveLength(6);
    expect(turns[2]).toMatchObject({ conversation: 2, ...expected });
    expect(turns[4]).toMatchObject({
      conversation: 4,
      outcome: 'cut',
      settledAt: null,
      latencyMs: 89_000 + 2_000 - 1_000 - 40_000,
    });
  });

  it.each<[string, readonly Ledger[], number, number]>([
    ['nothing', [[]], 0, 0],
    ['turns without a lane', [rest], 6, 0],
    ['settled before sent', [[start as LedgerLine, ...[...rest].reverse()]], 6, 0],
    ['settled and never sent', [whole.filter((line) => line.kind !== 'sent' || line.conversation !== 3)], 6, 0],
    ['a copy with overlaps', [whole, whole.slice(1, 9)], 6, 0],
    ['a lane that starts twice', [[start as LedgerLine, ...whole]], 6, 0],
    [
      'a conversation of many turns',
      [[start as LedgerLine, ...spread(40).flatMap((made, turn) => turnLines({ ...made, conversation: 1, turn }))]],
      40,
      0,
    ],
    ['turns of one conversation at a time', [[start as LedgerLine, ...interleaved()]], 3, 0],
    ['a torn last line', [[...texts(whole.slice(0, 8)), '{"kind":"settled","conversation":3,"tu']], 4, 1],
    [
      'a line with blanks',
      [[...texts(whole), JSON.stringify(turnLines({ conversation: 9 })[0], null, 1).replaceAll('\n', '')]],
      7,
      0,
    ],
    [
      'a line that ends as in Windows',
      [[...texts(whole), `${JSON.stringify(turnLines({ conversation: 9 })[0])}\r`]],
      7,
      0,
    ],
    ['a line of 5 MB among others', [[...texts(whole.slice(0, 5)), 'x'.repeat(5e6), ...texts(whole.slice(5))]], 6, 1],
    ['a line of 20 MB among others', [[...texts(whole.slice(0, 5)), 'x'.repeat(2e7), ...texts(whole.slice(5))]], 6, 1],
    ['ends of conversations with an id', [[...whole, ended({ interactionId: ID })]], 6, 0],
    ['ends of conversations with an id that is no UUID', [[...whole, ended({ interactionId: 'x"1' })]], 6, 0],
    ['ends of conversations of a script with another name', [[...whole, ended({ template: 'Größe "1"' })]], 6, 0],
    ['ends of conversations before their lane starts', [[ended({}), ...whole]], 6, 0],
    [
      'an end of a conversation that is none',
      [[...texts(whole), JSON.stringify({ ...ended({}), outcome: 'x' })]],
      6,
      1,
    ],
    ['an end of a conversation with more', [[...texts(whole), JSON.stringify({ ...ended({}), more: 1 })]], 6, 0],
    ['a conversation of a very high number', [[...whole, ...turnLines({ conversation: 2 ** 31 - 1 })]], 7, 0],
    [
      'a number beyond all others',
      [[...texts(whole), JSON.stringify(turnLines({ conversation: 9 })[0]).replace('"turn":0', '"turn":2147483648')]],
      6,
      1,
    ],
    [
      'an error that is no text',
      [[...texts(whole), JSON.stringify({ ...turnLines({ conversation: 9 })[1], error: 5 })]],
      7,
      0,
    ],
  ])('reads %s', async (_, ledgers, turns, damaged) => {
    const found = (await readBoth(ledgers)) as { turns: object[]; damaged: number };
    expect([found.turns.length, found.damaged]).toEqual([turns, damaged]);
  });

  it('reads a ledger without its last newline', async () => {
    expect(await readBoth([whole, []])).toEqual(await readBoth([[texts(whole).join('\n')]]));
  });

  it('takes paths as they are, not as patterns', async () => {
    const db = await openDatabase();
    const path = writeLedger(whole).replace('turns', '*');
    const reading = { plan: PLAN, parquet: `${path}.parquet`, packing: 'lz4' } as const;
    await expect(readLedgers(db, { ...reading, ledgers: [path] })).rejects.toThrow('No ledger at');
    await expect(readLedgers(db, { ...reading, ledgers: [] })).rejects.toMatchObject({ exitCode: 2 });
    await db.close();
  });

  it('refuses a ledger of another run, and leaves no file', async () => {
    const other = JSON.stringify(start).replace('run-1', 'run-2');
    expect(await readBoth([[other, ...texts(rest)]])).toContain('is of run run-2');
  });

  it('reads any lines as DuckDB does', async () => {
    const lines = [
      ...texts(changed({ sent: { interactionId: ID }, settled: { events: EVENTS, form: 'x' } })),
      ...texts(turnLines({ conversation: 7, violations: [VIOLATION] })),
      ...texts([ended({ interactionId: ID })]),
    ];
    const odd = fc.oneof(
      fc.constantFrom(
        '1e3',
        '01',
        '-0',
        '1.50',
        '0.1',
        '"1"',
        'null',
        '[]',
        '1e-7',
        '2147483648',
        '9007199254740993.5',
        '"\\ud800"',
      ),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    );
    const mutated = fc.tuple(fc.constantFrom(...lines), fc.nat(), odd).map(([line, pick, value]) => {
      const values = line.match(/:("[^"]*"|[-\d.]+|\[\]|\{\})/g) ?? [];
      return line.replace(values[pick % values.length] ?? '', `:${value}`);
    });
    const torn = fc.tuple(fc.constantFrom(...lines), fc.nat()).map(([line, at]) => line.slice(0, at % line.length));
    const extra = fc.array(fc.oneof(mutated, torn, fc.constantFrom(...lines)), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(extra, fc.nat(), async (more, at) => {
        const place = 1 + (at % lines.length);
        await readBoth([[...lines.slice(0, place), ...more, ...lines.slice(place)]]);
      }),
      { numRuns: cases(0.25) },
    );
  });
});

/** Three turns of one conversation, in flight together, which settle in another order. */
function interleaved(): LedgerLine[] {
  const turns = [0, 1, 2].map((turn) => turnLines({ turn, atMs: 2_000 + turn }));
  return [...turns.map(([sent]) => sent), ...[1, 2, 0].map((turn) => turns[turn]?.[1])].filter(
    (line) => line !== undefined,
  );
}
