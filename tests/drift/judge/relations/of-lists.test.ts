import { describe, expect, it } from 'vitest';
import { ofLists } from '../../../../scripts/drift/judge/relations/of-lists.ts';
import { exchangeOf, turn, viewOf } from '../../made-run.ts';

describe('lists', () => {
  const broken = (tags: readonly unknown[]) => {
    const { sound } = viewOf([[turn(0, exchangeOf(0, { reply: { tags: [...tags] } }))]]);
    return [...ofLists(sound)].filter(({ holds }) => !holds).map(({ name }) => name);
  };
  const once = 'each item of tags of generate-answer is there once';
  const apart = 'each item of tags of generate-answer is there once, apart from its id';
  const alphabet = 'tags of generate-answer are in the order of the alphabet';

  it.each<[string, unknown[], string[]]>([
    ['of nothing', [], []],
    ['of one item', ['b'], []],
    ['in order', ['a', 'b'], []],
    ['in another order', ['b', 'a'], [alphabet]],
    ['with an item twice', ['a', 'a', 'b'], [once]],
    [
      'with an object twice, in whatever order its properties are',
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      [once],
    ],
    ['of numbers', [2, 1], []],
    ['of many objects', Array.from({ length: 300 }, (_, a) => ({ a: { b: a } })), []],
    [
      'with an object twice under two ids',
      [
        { id: 1, a: 1 },
        { id: 2, a: 1 },
      ],
      [apart],
    ],
    ['of objects that have an id alone', [{ id: 1 }, { id: 2 }], []],
  ])('%s', (_, tags, expected) => expect(broken(tags)).toEqual(expected));
});
