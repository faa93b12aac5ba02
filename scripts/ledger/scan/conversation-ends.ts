import ledgerSchema from '../../../contracts/files/ledger.schema.json' with { type: 'json' };
import { NEWLINE } from '../../foundation/newline.ts';
import { MOST_ROWS, type RowSource, type SourceRows } from '../row-source.ts';
import { type ByteCursor, literal, QUOTE, quoted } from './byte-cursor.ts';
import { CLOSED, CONVERSATION, INTERACTION_ID, LANE } from './turn-lines.ts';

export const ENDED = literal('{"kind":"conversation",');
const AT = literal(',"at":');
const TEMPLATE = literal(',"template":"');
const OUTCOME = literal('","outcome":"');
const TURNS_PLANNED = literal(',"turnsPlanned":');
const TURNS_SENT = literal(',"turnsSent":');

const OUTCOMES: readonly string[] = ledgerSchema.$defs.Conversation.properties.outcome.enum;
const OUTCOME_WORDS = quoted(OUTCOMES);

const COLUMNS = {
  conversation: 'INTEGER',
  lane: 'INTEGER',
  at: 'DOUBLE',
  outcome: OUTCOMES,
  hasId: 'UTINYINT',
  id: 'UUID',
} as const;

/** SQL of the columns of a ledger line by what they are made of here. */
const SELECTED: Readonly<Record<string, string>> = {
  kind: `'conversation'`,
  conversation: 'conversation',
  lane: 'lane',
  at: '"at"',
  outcome: 'outcome',
  interactionId: 'CASE WHEN hasId = 1 THEN id::VARCHAR END',
};

class Block {
  count = 0;
  hasIds = false;
  readonly values = {
    conversation: new Int32Array(MOST_ROWS),
    lane: new Int32Array(MOST_ROWS),
    at: new Float64Array(MOST_ROWS),
    outcome: new Uint8Array(MOST_ROWS),
    hasId: new Uint8Array(MOST_ROWS),
    id: new Uint32Array(0),
  };

  /** Ids take as much memory as all else, and many runs have none. */
  withIds(): Uint32Array {
    if (!this.hasIds) this.values.id = new Uint32Array(4 * MOST_ROWS);
    this.hasIds = true;
    return this.values.id;
  }
}

/** The lines that end conversations, as `scenarios/lanes/turn-lines.ts` writes them: a third of the lines of a ledger that are of no turn. */
export class ConversationEnds implements RowSource {
  readonly columns = COLUMNS;
  private readonly blocks: Block[] = [];

  get isEmpty(): boolean {
    return this.blocks.every(({ count }) => count === 0);
  }

  /** Takes in what follows the kind. @returns its lane and when it was written; undefined where the line is not as it should be */
  read(cursor: ByteCursor): { readonly lane: number; readonly at: number } | undefined {
    const block = this.open();
    const { values, count: row } = block;
    cursor.failed = false;
    cursor.literal(CONVERSATION);
    values.conversation[row] = cursor.integer();
    cursor.literal(LANE);
    const lane = cursor.integer();
    cursor.literal(AT);
    const at = cursor.number();
    cursor.literal(TEMPLATE);
    cursor.text();
    cursor.literal(OUTCOME);
    values.outcome[row] = cursor.code(OUTCOME_WORDS);
    cursor.literal(TURNS_PLANNED);
    cursor.integer();
    cursor.literal(TURNS_SENT);
    cursor.integer();
    if (cursor.failed) return undefined;
    const hasId = cursor.skip(INTERACTION_ID);
    if (hasId) {
      cursor.uuid(block.withIds(), row);
      cursor.byte(QUOTE);
    }
    cursor.byte(CLOSED);
    if (cursor.failed || !cursor.isAt(NEWLINE)) return undefined;
    values.lane[row] = lane;
    values.at[row] = at;
    values.hasId[row] = hasId ? 1 : 0;
    block.count = row + 1;
    return { lane, at };
  }

  /** Each row once: what was given is let go. */
  readonly next = (): SourceRows | undefined => {
    const block = this.blocks.shift();
    if (block === undefined || block.count === 0) return undefined;
    return { count: block.count, values: block.values, nulls: block.hasIds ? [] : ['id'] };
  };

  private open(): Block {
    const last = this.blocks.at(-1);
    if (last !== undefined && last.count < MOST_ROWS) return last;
    const block = new Block();
    this.blocks.push(block);
    return block;
  }
}

/** SQL that adds the rows of a source of ends to the table, in those of its columns that ends have. */
export function insertEnds(table: string, source: string, columns: readonly string[]): string {
  const own = columns.filter((name) => name in SELECTED);
  return `INSERT INTO ${table} (${own.map((name) => `"${name}"`).join(', ')})
    SELECT ${own.map((name) => SELECTED[name]).join(', ')} FROM ${source}()`;
}
