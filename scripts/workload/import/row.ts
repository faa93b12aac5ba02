import { didYouMean } from '../../foundation/nearest.ts';
import { roleOf, roleTrouble } from './role.ts';
import type { SaidMessage } from './said-message.ts';
import { lineError, type SourceFile } from './source-file.ts';
import { type TimeUnit, timestampOf } from './timestamp.ts';

/** What a row of a CSV or JSON Lines file has. */
export const COLUMNS = ['conversation', 'timestamp', 'role', 'text'] as const;
export type Column = (typeof COLUMNS)[number];

const isColumn = (name: string): name is Column => COLUMNS.some((known) => known === name);
/** Anything else in the place of a name may be what somebody said. */
const IS_NAME = /^[A-Za-z][\w.-]{0,39}$/;

/** The known columns of these names, in their order; or why they are not those of a row. */
export function columnsOf(names: readonly string[]): readonly Column[] | { readonly trouble: string } {
  const columns = names.map((name) => name.trim().toLowerCase());
  for (const [index, column] of columns.entries()) {
    if (!isColumn(column)) {
      const shown = IS_NAME.test(column)
        ? `column ${column} is unknown${didYouMean(column, COLUMNS)}`
        : `column ${index + 1} is unknown`;
      return { trouble: `${shown}; known columns: ${COLUMNS.join(', ')}` };
    }
    if (columns.indexOf(column) < index) return { trouble: `column ${column} occurs twice` };
  }
  const missing = COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) return { trouble: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing` };
  return columns as Column[];
}

export type Row = { readonly [Name in Column]: unknown };

/** Reads the rows of one file, all of whose times are written in the same way. */
export function rowReader(file: SourceFile): (row: Row, line: number) => SaidMessage {
  let first: { readonly unit: TimeUnit; readonly line: number } | undefined;
  return ({ conversation, timestamp, role, text }, line) => {
    const wrong = (what: string) => lineError(file, line, what);
    const isId = typeof conversation === 'string' || Number.isSafeInteger(conversation);
    if (!isId || conversation === '') throw wrong('conversation must be an id: a text that is not empty');
    if (typeof timestamp !== 'string' && typeof timestamp !== 'number')
      throw wrong('timestamp must be text or a number');
    if (typeof role !== 'string') throw wrong('role must be text');
    if (typeof text !== 'string') throw wrong('text must be text');
    const time = timestampOf(timestamp);
    if ('trouble' in time) throw wrong(`timestamp ${time.trouble}`);
    first ??= { unit: time.unit, line };
    if (time.unit !== first.unit) {
      throw wrong(
        `timestamp is ${inUnit(time.unit)}, that of line ${first.line} ${inUnit(first.unit)}: use one format`,
      );
    }
    const known = roleOf(role);
    if (known === undefined) throw wrong(roleTrouble(role));
    return { conversation: String(conversation), at: time.at, role: known, chars: text.length, text };
  };
}

const inUnit = (unit: TimeUnit): string => (unit === 'ISO 8601' ? unit : `in ${unit}`);
