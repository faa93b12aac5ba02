import { stripVTControlCharacters } from 'node:util';

/** Text for a terminal of so many columns: a longer line breaks between words, and goes on two columns deeper than it begins. */
export const wrapped = (text: string, columns: number): string =>
  text
    .split('\n')
    .map((line) => (widthOf(line) > columns ? brokenLine(line, columns) : line))
    .join('\n');

const widthOf = (text: string): number => stripVTControlCharacters(text).length;

function brokenLine(line: string, columns: number): string {
  const indent = `${/^ */.exec(line)?.[0] ?? ''}  `;
  const lines: string[] = [];
  let current = '';
  for (const word of line.match(/ *[^ ]+/gu) ?? []) {
    const isFull = current.trim() !== '' && widthOf(current + word) > columns;
    if (isFull) lines.push(current);
    current = isFull ? indent + word.trimStart() : current + word;
  }
  return [...lines, current].join('\n');
}
