import { expect, it } from 'vitest';
import { wrapped } from '../../../scripts/foundation/text/wrap.ts';

it.each([
  ['short lines, as they are', 'one two\n\nthree\n', 'one two\n\nthree\n'],
  ['between words', 'one two three four', 'one two\n  three\n  four'],
  ['deeper than it began', '   one two three', '   one\n     two\n     three'],
  ['never in a word', 'incomprehensibilities', 'incomprehensibilities'],
  ['columns of a table where they fit', 'a   b     c  d', 'a   b\n  c  d'],
  ['without counting colours', '\u001b[31mone\u001b[39m two', '\u001b[31mone\u001b[39m two'],
])('breaks %s', (_, text, expected) => {
  expect(wrapped(text, 9)).toBe(expected);
});
