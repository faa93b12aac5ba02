import { markdownTable } from 'markdown-table';
import { printable } from './printable.ts';

/** GitHub-flavoured Markdown that holds text from outside as text only. Made by the functions of this file, and by nothing else. */
class Markdown {
  // Private, so that no other object and no string is taken for one.
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

export type { Markdown };

/** Text is escaped as it comes in. */
type Part = string | number | Markdown;

/** Markup of our own around parts: md`- **${name}**: ${code(value)}`. */
export function md(markup: TemplateStringsArray, ...parts: readonly Part[]): Markdown {
  return new Markdown(markup.reduce((text, piece, index) => text + safe(parts[index - 1] ?? '') + piece));
}

/** A code span that its text cannot end, in a table cell that it cannot split. */
export function code(text: string): Markdown {
  const shown = printable(text);
  if (shown.trim() === '') return new Markdown('');
  const fence = '`'.repeat(1 + Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length)));
  const pad = fence.length > 1 ? ' ' : '';
  return new Markdown(`${fence}${pad}${shown.replace(/(\\*)\|/g, '$1$1\\|')}${pad}${fence}`);
}

/** One letter a column: l or r. */
export function table(head: readonly Part[], rows: readonly (readonly Part[])[], align: string): Markdown {
  const cells = [head, ...rows].map((row) => row.map(safe));
  return new Markdown(markdownTable(cells, { align: [...align], alignDelimiters: false }));
}

export const list = (items: readonly Part[]): Markdown =>
  new Markdown(items.map((item) => `- ${safe(item)}`).join('\n'));

/** A part with others below it, as an item of a list. */
export const nested = (item: Part, below: readonly Part[]): Markdown =>
  new Markdown([safe(item), ...below.map((part) => `  - ${safe(part)}`)].join('\n'));

export const quotes = (items: readonly Part[]): Markdown =>
  new Markdown(items.map((item) => `> ${safe(item)}`).join('\n>\n'));

/** Parts with a blank line between them; empty ones are left out. */
export function blocks(...parts: readonly (Markdown | undefined)[]): Markdown {
  return new Markdown(
    parts
      .map(String)
      .filter((part) => part !== '' && part !== 'undefined')
      .join('\n\n'),
  );
}

/** A whole document, or a comment. */
export const markdownDocument = (...parts: readonly (Markdown | undefined)[]): string => `${blocks(...parts)}\n`;

function safe(part: Part): string {
  return part instanceof Markdown ? part.toString() : plain(String(part));
}

/**
 * Text as it is: nothing in it becomes markup, a link or a mention. GitHub looks for mentions, references and addresses
 * in the rendered text, where a backslash is gone by then: a space of no width keeps them apart.
 */
function plain(text: string): string {
  return printable(text)
    .replace(/[\\`*_[\]<>|~#$&]/g, '\\$&')
    .replace(/^(\s*\d+)(?=[.)](?:\s|$))|^(\s*)(?=[-+=]+(?:\s|$))/, '$&\\')
    .replace(/@|#(?=\d)|:(?=\/\/)|\bwww(?=\.)|\bGH-(?=\d)/gi, `$&${NO_WIDTH}`);
}

const NO_WIDTH = '&#8203;';
