import { existsSync } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import { usageError } from '../foundation/errors.ts';
import { privateFolder } from '../foundation/private-folder.ts';
import { ofKind } from './columns.ts';
import { type Database, file } from './database.ts';
import { type Ingested, ingest } from './ingest.ts';
import { lastOf } from './scan/lane-tallies.ts';
import { turnRows } from './scan/turn-rows.ts';
import { TurnScan } from './scan/turn-scan.ts';
import { copyOfTurns, JOINED, type Packing } from './turns.ts';

interface Reading {
  readonly plan: Plan;
  /** Ledgers of one run, plain or gzip. */
  readonly ledgers: readonly string[];
  /** Where turns.parquet is written. */
  readonly parquet: string;
  readonly packing: Packing;
  /** The columns that are read; without it, all that results need, and events. */
  readonly only?: readonly string[];
}

interface LaneTimes {
  readonly lane: number | null;
  readonly startAt: number | null;
  readonly lastAt: number | null;
}

/** The table function of the rows of a scan. */
const SCANNED = 'scanned';

/**
 * Reads ledgers into turns.parquet, and the lines of no turn into `entry`, its view `line` and `lane`. Ledgers as the harness writes them
 * are read in their order, each turn when it settles. Any others (merged with overlaps, in another order, torn, packed) are first
 * read as a whole: the same in twice the time.
 * @throws HarnessError as `ingest` does.
 */
export async function readLedgers(db: Database, reading: Reading): Promise<Ingested> {
  const { ledgers, parquet } = reading;
  for (const ledger of ledgers) {
    if (!existsSync(ledger)) throw usageError(`No ledger at ${ledger}: give a results folder or a turns.ndjson`);
  }
  if (ledgers.length === 0) throw usageError('No ledger given: give a results folder or a turns.ndjson');
  const part = `${parquet}.part`;
  try {
    const ingested =
      (await scanned(db, { ...reading, parquet: part })) ?? (await joined(db, { ...reading, parquet: part }));
    // DuckDB has no option for it; the folder of a run is private from the start.
    await chmod(part, 0o600);
    await rename(part, parquet);
    return ingested;
  } finally {
    await rm(part, { force: true });
  }
}

async function joined(db: Database, reading: Reading): Promise<Ingested> {
  const { plan, ledgers, only } = reading;
  const ingested = await ingest(db, ledgers, plan.runId, { ...(only && { only }) });
  await db.run(copyOfTurns(plan, JOINED, reading));
  return ingested;
}

/** Undefined where ledgers are not as the harness writes them. */
async function scanned(db: Database, reading: Reading): Promise<Ingested | undefined> {
  const { plan, ledgers, parquet, only } = reading;
  if (ledgers.some((path) => path.endsWith('.gz'))) return undefined;
  const folder = await privateFolder();
  try {
    const others = join(folder.path, 'others.ndjson');
    const scan = new TurnScan(ledgers, others);
    try {
      const rows = turnRows(SCANNED, only === undefined);
      await db.runOnSource(SCANNED, scan, copyOfTurns(plan, rows, reading));
    } finally {
      scan.close();
    }
    if (scan.isMisfit || (scan.mayRepeat && (await hasRepeats(db, parquet)))) return undefined;
    const ingested = await ingest(db, [others], plan.runId, { read: scan, ...(only && { only }) });
    return (await isAsScanned(db, scan)) ? ingested : undefined;
  } finally {
    await folder.remove();
  }
}

async function hasRepeats(db: Database, parquet: string): Promise<boolean> {
  const repeats = await db.rows(
    `SELECT 1 FROM read_parquet(${file(parquet)}) GROUP BY conversation, turn, attempt HAVING count(*) > 1 LIMIT 1`,
  );
  return repeats.length > 0;
}

/** Whether no line of a turn is among the others, and lanes began and ended when the scan took them to. */
async function isAsScanned(db: Database, { lanes, cutLanes }: TurnScan): Promise<boolean> {
  const turns = await db.rows(`SELECT 1 FROM entry WHERE ${ofKind('sent')} OR ${ofKind('settled')} LIMIT 1`);
  if (turns.length > 0) return false;
  const rows = await db.rows<LaneTimes>('SELECT lane, startAt, lastAt FROM lane');
  const known = new Map(rows.map((row) => [row.lane, row]));
  return lanes.entries().every(([lane, tally]) => {
    const { startAt, lastAt } = known.get(lane) ?? {};
    return tally.sent === 0 || (startAt === tally.startAt && (!cutLanes.has(lane) || lastAt === lastOf(tally)));
  });
}
