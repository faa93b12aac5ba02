import { describe, expect, it } from 'vitest';
import { groupedValues, judgeValues, talliesOfValues } from '../../../../scripts/drift/judge/relations/judge-values.ts';
import type { ValueRelation } from '../../../../scripts/drift/judge/relations/relation.ts';
import type { Probe } from '../../../../scripts/drift/sighting.ts';

const FEATURE = 'status of conversations (read)';
const PROBE = { step: { expect: { condition: 'x' } } } as Probe;

const groups = (values: readonly unknown[], times = 1) =>
  groupedValues(
    values.flatMap((value, at) =>
      Array.from({ length: times }, (): ValueRelation => {
        return { probe: PROBE, feature: FEATURE, subject: `c${at}`, place: '/responses/200/body/status', value };
      }),
    ),
  );
const open = (count: number): string[] => Array.from({ length: count }, () => 'open');
const usual = { relations: talliesOfValues(groups(open(30))) };
const judge = (values: readonly unknown[], baselines: object[] = [usual, usual, usual], times = 1): number =>
  judgeValues(groups(values, times), baselines).length;

describe('a value that each object of all accepted runs had', () => {
  it.each([
    ['is there', open(8), 0],
    ['is another one for a part of the objects', [...open(5), 'closed', 'closed', 'closed'], 3],
    ['is null for them', [...open(5), null, null, null], 3],
    ['is another one for two of them', [...open(6), 'closed', 'closed'], 0],
    ['is another one for few of many', [...open(20), 'closed', 'closed', 'closed'], 0],
  ])('%s', (_, values, expected) => expect(judge(values)).toBe(expected));

  it('counts once for each object, however often that is shown', () => {
    expect(judge([...open(6), 'closed', 'closed'], undefined, 9)).toBe(0);
  });

  it('is known of three runs only, and not where one had another', () => {
    const closed = [...open(5), 'closed', 'closed', 'closed'];
    expect(judge(closed, [usual, usual])).toBe(0);
    expect(judge(closed, [usual, usual, usual, { relations: talliesOfValues(groups(['closed'])) }])).toBe(0);
  });
});
