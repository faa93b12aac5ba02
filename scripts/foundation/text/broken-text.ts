import stringWidth from 'string-width';
import { withOwnStyles } from './terminal.ts';

export interface Break {
  /** Between words; or after marks in a word too, as in `latency.p95{stage:spike}`. */
  readonly at: 'words' | 'marks';
  /** Columns by which all lines but the first are indented. */
  readonly hang: number;
}

/** What may stand between words, captured: a number and its unit are one word; an interval may break after its dash. */
const GAPS = /( +(?!(?:ms|s|min|h|kB|MB|GB|UTC)(?:$|[^\p{L}]))|(?<=–)(?! ))/u;
const MARKS = /(?<=[-_/.,:;{}=&?@])(?!\d|\/)/u;

/** A text in lines of so many columns. A piece that is wider stands alone. */
export function brokenText(text: string, columns: number, { at, hang }: Break): string[] {
  if (stringWidth(text) <= columns) return [text];
  const lines: string[] = [];
  const [first, ...others] = piecesOf(text, at);
  let line = first?.piece ?? '';
  for (const { piece, gap } of others) {
    const isFull = stringWidth(line + gap + piece) > columns;
    if (isFull) lines.push(line);
    line = isFull ? ' '.repeat(hang) + piece : line + gap + piece;
  }
  return withOwnStyles([...lines, line]);
}

/** The least columns that a text needs: its longest piece does not break. */
export const leastColumns = (text: string, { at, hang }: Break): number =>
  Math.max(...piecesOf(text, at).map(({ piece }, index) => stringWidth(piece) + (index === 0 ? 0 : hang)));

interface Piece {
  readonly piece: string;
  /** What stands before it in its line. */
  readonly gap: string;
}

function piecesOf(text: string, at: Break['at']): Piece[] {
  const parts = text.split(GAPS);
  return parts.flatMap((word, index) => {
    if (index % 2 === 1) return [];
    const pieces = at === 'marks' ? word.split(MARKS) : [word];
    return pieces.map((piece, part) => ({ piece, gap: part === 0 ? (parts[index - 1] ?? '') : '' }));
  });
}
