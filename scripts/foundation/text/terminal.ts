import { randomInt } from 'node:crypto';
import pc from 'picocolors';
import { escaped, printable, printableLines } from './printable.ts';

/**
 * Precedes what may act upon a terminal or a workflow's log. Only this process knows it, so that no text from outside can
 * hold it. It has the form of a style, whose width libraries take for none.
 */
const MARK = `\u001b[${Array.from({ length: 4 }, () => randomInt(1000, 10_000)).join(';')};`;

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
} as const satisfies Record<string, readonly [open: number, close: number]>;

export type Styles = Readonly<Record<keyof typeof CODES, (text: string) => string>>;

/** Styles for text that leaves through `forTerminal`; without `color` they do nothing. By default what the terminal wants. */
export function styles(color: boolean = pc.isColorSupported): Styles {
  const style =
    ([open, close]: readonly [number, number]) =>
    (text: string) =>
      color && text !== '' ? codeOf(String(open)) + text + codeOf(String(close)) : text;
  const { bold, dim, red, green, yellow } = CODES;
  return { bold: style(bold), dim: style(dim), red: style(red), green: style(green), yellow: style(yellow) };
}

/** A line that a workflow's runner takes for a command; see `workflowCommand`. */
export const asCommand = (line: string): string => `${MARK}${line}`;

/** Text that is one line and acts upon no terminal, but for styles of our own. */
export const textLine = (text: string): string => eachPart(text, printable, (own) => own);

/** The lines of one text: each begins with the styles that are open there, and ends them. */
export function withOwnStyles(lines: readonly string[]): string[] {
  let open: readonly string[] = [];
  return lines.map((line) => {
    const before = open.map(codeOf).join('');
    for (const [, code] of line.matchAll(OWN)) {
      if (code !== undefined) open = code in CLOSE ? [...open, code] : open.filter((it) => CLOSE[it] !== code);
    }
    const after = [...open].reverse().map((it) => codeOf(CLOSE[it] ?? ''));
    return before + line + after.join('');
  });
}

const codeOf = (code: string): string => `${MARK}${code}m`;

const CLOSE: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(CODES).map(([open, close]) => [String(open), String(close)]),
);

/** A report for a terminal: none of its lines can hold a second one. */
export const textLines = (lines: readonly string[]): string => lines.map((line) => `${textLine(line)}\n`).join('');

/**
 * The last step of all text to a terminal or a log: styles and commands of our own become what they are; whatever else
 * would act upon a terminal or a workflow is escaped.
 */
export function forTerminal(text: string): string {
  return eachPart(text, withoutCommands, (_, code, command) =>
    code === undefined ? printableLines(command) : `\u001b[${code}m`,
  );
}

const OWN = new RegExp(`${MARK.replace('[', '\\[')}(?:(\\d+)m|(::.*))`, 'gu');

function eachPart(
  text: string,
  foreign: (part: string) => string,
  own: (part: string, code: string | undefined, command: string) => string,
): string {
  let passed = '';
  let from = 0;
  for (const match of text.matchAll(OWN)) {
    const [part, code, command = ''] = match;
    passed += foreign(text.slice(from, match.index)) + own(part, code, command);
    from = match.index + part.length;
  }
  return passed + foreign(text.slice(from));
}

/** What a runner of workflows takes for a command: `::error::` as a line begins, `##[error]` or `##vso[...]` anywhere. */
const COMMAND = /^(\s*):(?=:)|##(?=\w*\[)/gmu;

function withoutCommands(text: string): string {
  return printableLines(text).replace(COMMAND, (_, indent?: string) =>
    indent === undefined ? `#${escaped('#')}` : `${indent}${escaped(':')}`,
  );
}
