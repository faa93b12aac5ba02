import stringWidth from 'string-width';
import { type Break, brokenText, leastColumns } from './broken-text.ts';
import { textLine } from './terminal.ts';

/** Every table fits a terminal of so many columns, wherever it is printed. */
export const TABLE_COLUMNS = 80;

/** A text, or the texts that stand below each other in one row. */
export type Cell = string | readonly string[];

/** What stands in brackets goes below what is before it. */
export const stacked = (text: string): readonly string[] => text.split(/ (?=[([])/);

const GAP = '  ';
const HANG = 2;

/**
 * The lines of a table for a terminal, without rules. One letter a column: l or r. Where a row is too wide its cells break
 * between words, the widest first; where words are too long for that, each row is a paragraph.
 */
export function textTable(rows: readonly (readonly Cell[])[], align: string, indent = 2): string[] {
  const cells = rows.map((row) => row.map((cell) => [cell].flat().map(textLine)));
  const room = TABLE_COLUMNS - indent;
  const fitting = fitted(cells, align, room - GAP.length * (align.length - 1));
  const lines = fitting === undefined ? cells.flatMap((row) => paragraph(row, room)) : aligned(fitting, align);
  return lines.map((line) => `${' '.repeat(indent)}${line}`.trimEnd());
}

/** The lines of each cell, by row and column. */
type Lines = readonly (readonly (readonly string[])[])[];

/** Cells whose columns have so much room together; undefined where their words are too long. */
function fitted(cells: Lines, align: string, room: number): Lines | undefined {
  const natural = widthsOf(cells, (line) => stringWidth(line));
  if (sum(natural) <= room) return cells;
  for (const at of ['words', 'marks'] as const) {
    const breakOf = (column: number): Break => ({ at, hang: align[column] === 'r' ? 0 : HANG });
    const least = widthsOf(cells, (line, column) => leastColumns(line, breakOf(column)));
    if (sum(least) > room) continue;
    const widths = widthsWithin(natural, least, room);
    const broken = (line: string, column: number): string[] => brokenText(line, widths[column] ?? 0, breakOf(column));
    return cells.map((row) => row.map((lines, column) => lines.flatMap((line) => broken(line, column))));
  }
  return undefined;
}

/** The width of each column: the widest of its lines. */
const widthsOf = (cells: Lines, widthOf: (line: string, column: number) => number): number[] =>
  (cells[0] ?? []).map((_, column) =>
    cells.flatMap((row) => row[column] ?? []).reduce((widest, line) => Math.max(widest, widthOf(line, column)), 0),
  );

/** Narrow columns keep their width: the wide ones share what is left. */
function widthsWithin(natural: readonly number[], least: readonly number[], room: number): number[] {
  const cappedAt = (cap: number): number[] =>
    natural.map((width, column) => Math.max(least[column] ?? 0, Math.min(width, cap)));
  let cap = room;
  while (sum(cappedAt(cap)) > room) cap -= 1;
  return cappedAt(cap);
}

function aligned(cells: Lines, align: string): string[] {
  const widths = widthsOf(cells, (line) => stringWidth(line));
  return cells.flatMap((row) =>
    Array.from({ length: Math.max(1, ...row.map((lines) => lines.length)) }, (_, line) =>
      widths.map((width, column) => padded(row[column]?.[line] ?? '', width, align[column])).join(GAP),
    ),
  );
}

function padded(text: string, width: number, side: string | undefined): string {
  const padding = ' '.repeat(width - stringWidth(text));
  return side === 'r' ? padding + text : text + padding;
}

/** The cells of a row one after the other. */
function paragraph(row: readonly (readonly string[])[], room: number): string[] {
  const shown = row.flat().filter((line) => line !== '');
  return brokenText(shown.join(GAP), room, { at: 'marks', hang: HANG });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
