import { expect, it } from 'vitest';
import { skeletonOf } from '../../../scripts/view/turns/skeleton.ts';

const EVENT = { id: 'e1', role: 'finibot', createdAt: 17, chars: 1 };

it.each<[string, string, readonly string[]]>([
  [
    'a place that the ledger holds',
    '#/responses/200/body/0/createdAt',
    ['body', '0', 'id', 'role', 'createdAt ◆', 'message'],
  ],
  [
    'a place that it does not',
    '#/responses/200/body/0/source/title',
    ['body', '0', 'id', 'role', 'createdAt', 'message', 'source', 'title ◆'],
  ],
  [
    'a header',
    '#/responses/200/headers/Retry-After',
    ['body', '0', 'id', 'role', 'createdAt', 'message', 'headers', 'Retry-After ◆'],
  ],
  ['escaped names', '#/responses/200/body/0/a~1b%20c', ['body', '0', 'id', 'role', 'createdAt', 'message', 'a/b c ◆']],
  ['the whole response', '#', ['response ◆', 'body', '0', 'id', 'role', 'createdAt', 'message']],
  ['what is no escape', '#/responses/200/body/0/%zz', ['body', '0', 'id', 'role', 'createdAt', 'message', '%zz ◆']],
])('marks %s', (_, location, names) => {
  const lines = skeletonOf([EVENT], [{ location }]);
  expect(lines.map(({ name, marks }) => (marks.length > 0 ? `${name} ◆` : name))).toEqual(names);
});

it('holds lengths, and no text', () => {
  expect(skeletonOf([EVENT], []).map(({ value }) => value)).toEqual(['', '', 'e1', 'finibot', '17', '1 character']);
});

it('ends where an answer has too many places', () => {
  const places = Array.from({ length: 5_000 }, (_, index) => ({ location: `#/responses/200/body/${index}` }));
  const lines = skeletonOf([], places);
  expect([lines.length, lines.at(-1)?.value]).toEqual([201, '4,801 more lines']);
});
