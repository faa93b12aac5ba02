import { describe, expect, it } from 'vitest';
import type { Shapes } from '../../../contracts/generated/findings.ts';
import { mergedShapes, shapeCollector } from '../../../contracts/shape.ts';
import { deviations } from '../../../scripts/drift/baseline/deviations.ts';

function shapesOf(bodies: readonly unknown[], headers: readonly string[] = []): Shapes {
  const collector = shapeCollector();
  for (const body of bodies) {
    collector.headers('generate-answer/200/headers', headers);
    collector.body('generate-answer/200/body', JSON.parse(JSON.stringify(body)));
  }
  return collector.shapes();
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

function rulesOf(now: Shapes, ...accepted: Shapes[]): string[] {
  return deviations(now, accepted).map(({ rule, place }) => `${rule.id} ${place.replace('generate-answer/200/', '')}`);
}

describe('shapes', () => {
  it('count types, formats, words and sizes, and keep no text', () => {
    const shapes = shapesOf([
      {
        id: 'cc0e1592-4b71-4f57-bf9c-1b10a6b7b71a',
        at: 1_749_640_953_000,
        channel: 'chat',
        said: 'Where is my order?',
      },
      { id: null, at: 1_749_640_953, channel: 'chat', said: 'Hello', tags: [{ name: 'x' }] },
    ]);
    expect(shapes['generate-answer/200/body/id']).toEqual({
      n: 2,
      types: { string: 1, null: 1 },
      formats: { uuid: 1 },
      length: [36, 36],
    });
    expect(shapes['generate-answer/200/body/at']?.formats).toEqual({ 'epoch-ms': 1, 'epoch-s': 1 });
    expect(shapes['generate-answer/200/body/channel']?.values).toEqual({ chat: 2 });
    expect(shapes['generate-answer/200/body/tags/*/name']).toMatchObject({ n: 1 });
    expect(JSON.stringify(shapes)).not.toContain('order');
  });

  it('leave out what customers named themselves', () => {
    const shapes = shapesOf([{ userAttributes: { email: 'a@example.com' } }]);
    expect(Object.keys(shapes).filter((place) => place.includes('email'))).toEqual([]);
  });

  it('of several runs together count all of them, and forget words where one had too many', () => {
    const few = shapesOf([{ kind: 'chat' }, { kind: 'mail' }]);
    const many = shapesOf(times(20, (index) => ({ kind: `kind${index}` })));
    const merged = mergedShapes([few, few])['generate-answer/200/body/kind'];
    expect(merged).toMatchObject({ n: 4, values: { chat: 2, mail: 2 }, length: [4, 4] });
    expect(mergedShapes([few, many])['generate-answer/200/body/kind']?.values).toBeUndefined();
  });
});

describe('a run against accepted runs', () => {
  const usual = shapesOf(
    times(150, (index) => ({
      message: 'text here',
      at: 1_749_640_953_000 + index,
      kind: 'chat',
      rating: index % 5,
      tags: ['a'],
      more: { a: 1 },
    })),
    ['date', 'x-plan'],
  );
  const one = { message: 'text here', at: 1_749_640_959_000, kind: 'chat', rating: 3, tags: ['a'], more: { a: 1 } };

  it.each([
    ['another type', { ...one, more: 'text' }, 'baseline-type-changed body/more'],
    ['items of another type', { ...one, tags: [{ name: 'a' }] }, 'baseline-item-type-changed body/tags/*'],
    ['another unit', { ...one, at: 1_749_640_959 }, 'baseline-format-changed body/at'],
    ['a new word', { ...one, kind: 'mail' }, 'baseline-value-added body/kind'],
    ['a number out of range', { ...one, rating: 99 }, 'baseline-range-left body/rating'],
    ['a property that is gone', { ...one, more: undefined }, 'baseline-property-removed body/more'],
  ])('shows %s once', (_, body, rule) => {
    expect(rulesOf(shapesOf([body], ['date', 'x-plan']), usual)).toEqual([rule]);
  });

  it('shows a header that is gone, but no header of HTTP', () => {
    expect(rulesOf(shapesOf([one], ['date']), usual)).toEqual(['baseline-header-removed headers/x-plan']);
    expect(rulesOf(shapesOf([one], ['x-plan']), usual)).toEqual([]);
  });

  it.each([
    ['the same', one],
    ['null', { ...one, more: null, kind: null, at: null }],
    ['empty lists', { ...one, tags: [] }],
    ['whole numbers with a fraction', { ...one, rating: 2.5 }],
    ['a number that is a little larger than any was', { ...one, rating: 5 }],
  ])('shows nothing of %s', (_, body) => {
    expect(rulesOf(shapesOf([body], ['date', 'x-plan']), usual)).toEqual([]);
  });

  it('takes a habit of few answers for chance', () => {
    const few = shapesOf(times(10, () => one));
    expect(rulesOf(shapesOf([{ ...one, kind: 'mail', rating: 99, more: undefined }]), few)).toEqual([]);
  });

  it('takes what any accepted run had for known', () => {
    const other = shapesOf([{ ...one, more: 'text' }], ['date', 'x-plan']);
    expect(rulesOf(shapesOf([{ ...one, more: 'text' }], ['date', 'x-plan']), usual, other)).toEqual([]);
  });

  it('shows nothing without accepted runs', () => expect(deviations(usual, [])).toEqual([]));
});

describe('null, against at least three accepted runs', () => {
  const bodies = (value: (index: number) => unknown, count = 40) =>
    times(count, (index) => [{ csatRating: value(index) }]);
  const run = (value: (index: number) => unknown) => shapesOf(bodies(value));
  const PLACE = 'body/*/csatRating';
  const NULLS = `baseline-nullability-changed ${PLACE}`;
  const SENTINEL = `baseline-sentinel ${PLACE}`;
  const none = () => null;
  const rated = (index: number) => 1 + (index % 5);
  const mixed = (index: number) => (index % 2 === 0 ? null : 3);

  it.each<[string, (index: number) => unknown, (index: number) => unknown, string[]]>([
    ['null as ever', none, none, []],
    ['a value as ever', rated, rated, []],
    ['always null, and now a value', none, rated, [NULLS]],
    ['always null, and now often a value', none, mixed, [NULLS]],
    ['always null, and now a value once', none, (index) => (index === 0 ? 5 : null), []],
    ['always a value, and now null', rated, none, [NULLS]],
    ['sometimes null, and now never', mixed, rated, []],
    ['0 in place of null', mixed, (index) => mixed(index) ?? 0, [SENTINEL]],
    ['-1 in place of null', none, () => -1, [SENTINEL]],
    ['an empty text in place of null', none, () => '', [SENTINEL]],
    ['"N/A" in place of null', none, () => 'N/A', [SENTINEL]],
    ['the nil UUID in place of null', none, () => '00000000-0000-0000-0000-000000000000', [SENTINEL]],
    ['the first of January 1970 in place of null', none, () => '1970-01-01T00:00:00Z', [SENTINEL]],
    ['a sentinel that was there before', (index) => (index % 2 ? 0 : null), () => 0, []],
  ])('%s', (_, before, now, expected) => {
    const accepted = [run(before), run(before), run(before)];
    expect(rulesOf(run(now), ...accepted)).toEqual(expected);
    expect(rulesOf(run(now), ...accepted.slice(1)).filter((rule) => rule === NULLS || rule === SENTINEL)).toEqual([]);
  });
});

describe('the usual value, against at least three accepted runs', () => {
  const run = (value: (index: number) => unknown, count = 40, headers: string[] = []) =>
    shapesOf(
      times(count, (index) => ({ source: value(index) })),
      headers,
    );
  const REPLACED = 'baseline-value-replaced body/source';
  const api = () => 'api';
  const both = (index: number) => (index % 4 === 0 ? 'testsuite' : 'api');

  it.each<[string, (index: number) => unknown, (index: number) => unknown, number, string[]]>([
    ['as ever', api, api, 40, []],
    ['replaced', api, () => 'rest', 40, [REPLACED]],
    ['replaced by several', api, (index) => ['rest', 'web'][index % 2], 40, [REPLACED]],
    ['replaced by a sentence', api, () => 'From our website.', 40, [REPLACED]],
    ['the usual one of two replaced', both, (index) => both(index).replace('api', 'rest'), 40, [REPLACED]],
    ['the other one of two replaced', both, (index) => both(index).replace('testsuite', 'suite'), 40, []],
    ['with a new one now and then', api, (index) => (index === 7 ? 'rest' : 'api'), 40, []],
    ['the other known one each time', both, () => 'testsuite', 40, []],
    ['of few answers', api, () => 'rest', 9, []],
    ['true in place of false', () => false, () => true, 40, [REPLACED]],
    ['true now and then', () => false, (index) => index === 7, 40, []],
    ['true and false as ever', (index) => index % 2 === 0, (index) => index % 2 === 1, 40, []],
    ['null', api, () => null, 4, []],
  ])('%s', (_, before, now, count, expected) => {
    const accepted = times(3, () => run(before, 30));
    expect(rulesOf(run(now, count), ...accepted)).toEqual(expected);
    expect(rulesOf(run(now, count), ...accepted.slice(1))).toEqual([]);
  });

  it.each([
    [['date', 'x-powered-by'], ['date'], ['baseline-header-added headers/x-powered-by']],
    [['date', 'ratelimit'], ['date'], ['baseline-header-added headers/ratelimit']],
    [['date', 'x-ratelimit-limit'], ['date'], ['baseline-header-added headers/x-ratelimit-limit']],
    [['date', 'ratelimit'], ['date', 'ratelimit'], []],
    [['date', 'server'], ['date'], ['baseline-header-added headers/server']],
    [['date', 'server'], ['date', 'server'], []],
    [['date'], ['date', 'server'], []],
    [['date', 'via', 'x-request-id'], ['date'], []],
  ])('headers %j, where they were %j', (now, before, expected) => {
    const accepted = times(3, () => run(api, 30, before));
    expect(rulesOf(run(api, 40, now), ...accepted)).toEqual(expected);
    expect(rulesOf(run(api, 40, now), ...accepted.slice(1))).toEqual([]);
  });
});

describe('lists, against at least three accepted runs', () => {
  const run = (tags: (index: number) => unknown[]) => shapesOf(times(40, (index) => [{ tags: tags(index) }]));
  const none = run(() => []);
  it.each<[string, (index: number) => unknown[], string[]]>([
    ['empty as ever', () => [], []],
    ['always with an item now', () => ['vip'], ['baseline-nullability-changed body/*/tags']],
    [
      'often with an item now',
      (index) => (index % 2 === 0 ? ['vip'] : []),
      ['baseline-nullability-changed body/*/tags'],
    ],
    ['once with an item', (index) => (index === 0 ? ['vip'] : []), []],
  ])('%s', (_, tags, expected) => {
    expect(rulesOf(run(tags), none, none, none)).toEqual(expected);
    expect(rulesOf(run(tags), none, none)).toEqual([]);
    expect(rulesOf(run(tags), run(tags), none, none)).toEqual([]);
  });
});
