import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type Cell, stacked, TABLE_COLUMNS, textTable } from '../../../scripts/foundation/text/table.ts';
import { forTerminal, styles } from '../../../scripts/foundation/text/terminal.ts';

const { red } = styles(true);
const LONG = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen';

it.each<[string, readonly (readonly Cell[])[], string, readonly string[]]>([
  [
    'shows the lines of a cell below each other',
    [
      ['role', ['turns', '(eff.)']],
      ['user', ['12', '(9)']],
    ],
    'lr',
    ['  role   turns', '        (eff.)', '  user      12', '           (9)'],
  ],
  [
    'breaks the widest column between words, and leaves the others',
    [['9.81 s', LONG, '12']],
    'rlr',
    [
      '  9.81 s  one two three four five six seven eight nine ten eleven twelve  12',
      '            thirteen fourteen fifteen',
    ],
  ],
  [
    'keeps numbers with their units, and breaks intervals after their dash',
    [[`${'9'.repeat(30)} ms–${'9'.repeat(30)} min`, 'x'.repeat(40)]],
    'rl',
    [`  ${'9'.repeat(30)} ms–  ${'x'.repeat(40)}`, `${' '.repeat(2)}${'9'.repeat(30)} min`],
  ],
  [
    'breaks after marks where words are too long',
    [['latency.p95{stage:the-one-with-all-the-conversations,language:de}', 'y'.repeat(40)]],
    'll',
    [`  latency.p95{stage:the-one-with-all-  ${'y'.repeat(40)}`, '    the-conversations,language:de}'],
  ],
  [
    'is a paragraph a row where nothing else fits',
    [['a'.repeat(50), '', 'b'.repeat(50)]],
    'lll',
    [`  ${'a'.repeat(50)}`, `    ${'b'.repeat(50)}`],
  ],
])('a table %s', (_, rows, align, lines) => {
  expect(textTable(rows, align)).toEqual(lines);
});

it('each line of a styled cell has the style to itself', () => {
  const lines = textTable([[red(LONG), 'x']], 'll', 0).map(forTerminal);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line.replaceAll('\u001b', 'ESC')).toMatch(/^ESC\[31m[a-z ]+ESC\[39m( *x)?$/);
});

describe('a table of any words', () => {
  const word = fc.string({ unit: fc.constantFrom('a', '您', '9', '-', ',', 'é'), minLength: 1, maxLength: 30 });
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
  const rows = fc
    .integer({ min: 1, max: 9 })
    .chain((columns) => fc.array(fc.array(text, { minLength: columns, maxLength: columns }), { minLength: 1 }));

  it('fits 80 columns and loses nothing', () => {
    fc.assert(
      fc.property(rows, (cells) => {
        const lines = textTable(cells, 'lrlrlrlrl'.slice(0, cells[0]?.length));
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(TABLE_COLUMNS);
        const characters = (texts: readonly string[]): string =>
          [...texts.join('').replaceAll(' ', '')].sort().join('');
        expect(characters(lines)).toBe(characters(cells.flat()));
      }),
    );
  });
});

it.each([
  ['8 of 4,640 (0.17%)', ['8 of 4,640', '(0.17%)']],
  ['2.2% [0.2%, 5.2%]', ['2.2%', '[0.2%, 5.2%]']],
  ['+30.6%', ['+30.6%']],
])('%s, stacked', (cell, lines) => {
  expect(stacked(cell)).toEqual(lines);
});
