import { join } from 'node:path';
import { privateFolder } from '../../foundation/private-folder.ts';
import { type Database, file, openDatabase } from '../../ledger/database.ts';
import { TURN_COLUMNS } from '../../ledger/ingest.ts';
import { turnKey } from '../../ledger/ledger-turn.ts';
import { readLedgers } from '../../ledger/read-ledgers.ts';
import { readPlan, runFolder } from '../../ledger/run-folder.ts';
import type { Conversation, TurnPage } from '../turn-answers.ts';
import { conversationOf, type StoredTurn } from './conversation.ts';
import { eventsOf } from './turn-events.ts';
import type { TurnQuery } from './turn-query.ts';
import { cellsSql, countSql, gridOf, rowsSql, spanSql } from './turn-sql.ts';
import { textsOf } from './turn-texts.ts';

/** The turns of one run, asked by what is on the screen. */
export interface TurnStore {
  readonly page: (query: TurnQuery) => Promise<TurnPage>;
  readonly conversation: (index: number) => Promise<Conversation>;
  readonly close: () => Promise<void>;
}

/** So many turns of one conversation are shown. */
const MOST_TURNS = 500;

/** @param ledgers those to read; without one, the run has its turns as Parquet */
export async function openTurnStore(folder: string, ledgers: readonly string[]): Promise<TurnStore> {
  const db = await openDatabase();
  const draft = ledgers.length === 0 ? undefined : await privateFolder();
  try {
    const parquet = draft === undefined ? runFolder(folder).parquet : join(draft.path, 'turns.parquet');
    if (ledgers.length > 0) await convert(ledgers, folder, parquet);
    await db.run(`CREATE VIEW turn AS SELECT * FROM read_parquet(${file(parquet)})`);
  } catch (error) {
    await db.close();
    await draft?.remove();
    throw error;
  }
  return {
    page: (query) => pageOf(db, query),
    conversation: async (index) => {
      const turns = await db.rows<StoredTurn>(
        `SELECT * FROM turn WHERE conversation = ${index} ORDER BY turn, attempt LIMIT ${MOST_TURNS}`,
      );
      const events = await eventsOf(ledgers, index);
      const rows = turns.map((turn) => ({ ...turn, events: events.get(turnKey(turn)) ?? turn.events }));
      return conversationOf(index, rows, await textsOf(folder, index));
    },
    close: async () => {
      await db.close();
      await draft?.remove();
    },
  };
}

/** The turns of a run that has no Parquet: it goes on, or was killed. Events are read for the conversation that is looked at. */
async function convert(ledgers: readonly string[], folder: string, parquet: string): Promise<void> {
  const plan = await readPlan(runFolder(folder));
  const db = await openDatabase();
  try {
    await readLedgers(db, { plan, ledgers, parquet, packing: 'lz4', only: TURN_COLUMNS });
  } finally {
    await db.close();
  }
}

async function pageOf(db: Database, query: TurnQuery): Promise<TurnPage> {
  const { all } = await db.row<{ all: number }>('SELECT count(*) AS "all" FROM turn');
  const { matching } = await db.row<{ matching: number }>(countSql(query));
  const grid = gridOf(await db.row(spanSql(query)));
  return {
    all,
    matching,
    turns: await db.rows(rowsSql(query)),
    grid: { ...grid, cells: await db.rows(cellsSql(query, grid)) },
  };
}
