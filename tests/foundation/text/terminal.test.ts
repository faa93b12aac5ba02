import { describe, expect, it, test } from 'vitest';
import { printable } from '../../../scripts/foundation/text/printable.ts';
import { textTable } from '../../../scripts/foundation/text/table.ts';
import { forTerminal, styles, textLine, textLines } from '../../../scripts/foundation/text/terminal.ts';
import { workflowCommand } from '../../../scripts/foundation/text/workflow-command.ts';
import { PAYLOADS } from '../../hostile-text.ts';

const ESC = '\u001b';
const { red, bold } = styles(true);

describe('text that leaves for a terminal', () => {
  test.each([
    ['keeps lines and letters', 'a b\nü 您好 👩‍👩‍👧\n', 'a b\nü 您好 👩‍👩‍👧\n'],
    ['has the styles of this process', `${red(bold('no'))} yes`, `${ESC}[31m${ESC}[1mno${ESC}[22m${ESC}[39m yes`],
    ['has no style from outside', `${ESC}[31mred${ESC}[0m`, '\\u001b[31mred\\u001b[0m'],
    ['has no style from outside within one of its own', red(`${ESC}[0m`), `${ESC}[31m\\u001b[0m${ESC}[39m`],
    ['moves no cursor', `a\r${ESC}[2Jb\t`, 'a\\u000d\\u001b[2Jb\\u0009'],
    ['turns no reading direction', 'a\u202eb', 'a\\u202eb'],
    [
      'gives a workflow no command',
      '::error::a\n  ::add-mask::b\nc ::d',
      '\\u003a:error::a\n  \\u003a:add-mask::b\nc ::d',
    ],
    ['gives a workflow no old command', 'a ##[error]b ##vso[c] ## d', 'a #\\u0023[error]b #\\u0023vso[c] ## d'],
    ['has no command behind a style', `${red('')}::error::a`, '\\u003a:error::a'],
  ])('%s', (_, text, shown) => {
    expect(forTerminal(text)).toBe(shown);
  });

  it('has no style where none is wanted, nor around nothing', () => {
    expect([styles(false).red('no'), red('')]).toEqual(['no', '']);
  });

  it.each(PAYLOADS)('is the same after a second time, with %s', (_, text) => {
    expect(forTerminal(forTerminal(text))).toBe(forTerminal(text));
    expect(textLine(textLine(red(text)))).toBe(textLine(red(text)));
  });

  it('is one line where it is meant to be', () => {
    expect(forTerminal(textLines([red('a\nb'), 'c\u2028d']))).toBe(`${ESC}[31ma\\u000ab${ESC}[39m\nc\\u2028d\n`);
  });
});

describe('a workflow command', () => {
  it('is a command, of which its texts are data', () => {
    const command = workflowCommand('error', 'a,b: 5%', 'c\n::error::d\r100%');
    expect(forTerminal(command)).toBe('::error title=a%2Cb%3A 5%25::c%0A::error::d%0D100%25\n');
  });

  it('is none where somebody else wrote it', () => {
    expect(forTerminal(forTerminal(workflowCommand('error', 'a', 'b')))).toBe('\\u003a:error title=a::b\n');
  });
});

describe('a table', () => {
  it('is aligned, with styles and wide characters', () => {
    const rows = [
      ['name', 'value'],
      [red('您好'), '5'],
    ];
    expect(textTable(rows, 'lr').map(forTerminal)).toEqual(['  name  value', `  ${ESC}[31m您好${ESC}[39m      5`]);
  });

  it('has a line a row, whatever a cell holds', () => {
    expect(textTable([['a\nb', 'c']], 'll', 0)).toEqual(['a\\u000ab  c']);
  });

  it('is nothing without rows', () => {
    expect(textTable([], 'l')).toEqual([]);
  });
});

test('text of several scripts and emoji is printable as it is', () => {
  const [, text] = PAYLOADS.at(-1) ?? ['', ''];
  expect(printable(text)).toBe(text);
});
