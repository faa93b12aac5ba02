import Table from 'cli-table3';
import { textLine } from './terminal.ts';

/** The lines of a table for a terminal, without rules. One letter a column: l or r. */
export function textTable(rows: readonly (readonly string[])[], align: string, indent = 2): string[] {
  if (rows.length === 0) return [];
  const table = new Table({
    chars: { ...NONE, middle: ' ' },
    colAligns: [...align].map((side) => (side === 'r' ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0, compact: true },
  });
  table.push(...rows.map((row) => row.map(textLine)));
  const lines = String(table).split('\n');
  return lines.map((line) => `${' '.repeat(indent)}${line.slice(1).trimEnd()}`);
}

const NONE = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ].map((border) => [border, '']),
);
