import { describe, expect, it } from 'vitest';
import { mergedShapes, shapeCollector } from '../../contracts/shape.ts';

const shapesOf = (...bodies: readonly unknown[]) => {
  const collector = shapeCollector();
  for (const body of bodies) collector.body('at', body);
  return collector.shapes();
};
const named = (count: number, nameOf: (index: number) => string, value: unknown = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [nameOf(index), value]));
const id = (index: number) => `${index.toString(16).padStart(8, '0')}-d5b9-4eee-ad08-5e2c7d9cb741`;
const word = (index: number) => [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('');

describe('shapeCollector', () => {
  it('notes each place with its types', () => {
    const shapes = shapesOf({ a: [1, 'x', null], b: { c: true } });
    expect(Object.keys(shapes)).toEqual(['at', 'at/a', 'at/a/*', 'at/b', 'at/b/c']);
    expect(shapes['at/a/*']).toMatchObject({ n: 3, types: { integer: 1, string: 1, null: 1 } });
  });

  it('takes the keys of a map for one property', () => {
    const shapes = shapesOf(named(300, (index) => `customer_${id(index)}`));
    expect(Object.keys(shapes)).toEqual(['at', 'at/customer_*']);
    expect(shapes['at/customer_*']?.n).toBe(300);
  });

  it('takes further names of very many for one property', () => {
    const shapes = shapesOf(named(5_000, word));
    expect(Object.keys(shapes)).toHaveLength(1 + 64 + 1);
    expect(shapes['at/*']?.n).toBe(5_000 - 64);
  });

  it('takes further names of many answers for one property', () => {
    const shapes = shapesOf(...Array.from({ length: 1_000 }, (_, index) => ({ [word(index)]: 1 })));
    expect(Object.keys(shapes)).toHaveLength(1 + 64 + 1);
  });

  it('goes eight levels deep', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`);
    expect(Object.keys(shapesOf(deep)).at(-1)).toBe(`at${'/a'.repeat(8)}`);
  });

  it('notes at most so many places', () => {
    const wide = named(60, word, named(60, word, named(60, word)));
    expect(Object.keys(shapesOf(wide))).toHaveLength(2_000);
    const few = shapeCollector(10);
    few.body('at', wide);
    few.headers('headers', ['x-a']);
    expect(Object.keys(few.shapes())).toHaveLength(10);
  });

  it('keeps a name with a slash apart from a path', () => {
    expect(Object.keys(shapesOf({ 'a/b': 1, 'a~b': 1 }))).toEqual(['at', 'at/a~0b', 'at/a~1b']);
  });

  it('counts words that objects inherit as words', () => {
    const shapes = shapesOf(['constructor', 'toString', 'constructor']);
    expect(shapes['at/*']?.values).toEqual({ constructor: 2, toString: 1 });
    expect(mergedShapes([shapes, shapes])['at/*']?.values).toEqual({ constructor: 4, toString: 2 });
  });
});
