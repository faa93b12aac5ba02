import { describe, expect, it } from 'vitest';
import { judgeIds } from '../../../../scripts/drift/judge/turns/judge-ids.ts';
import { exchangeOf, id, lines, type Made, turn, viewOf } from '../../made-run.ts';

const judge = (turns: readonly Made[]): string[] =>
  lines(judgeIds(viewOf(turns.map((one) => [one])).chains.flatMap((chain) => chain.turns)));
const REUSED = 'event-id-reused #/responses/200/body/*/id';

describe('ids of events', () => {
  it.each<[string, Made[], string[]]>([
    ['that differ', [turn(1), turn(2), turn(3)], []],
    ['of which one came before', [turn(1), turn(2, exchangeOf(2, { reply: { id: id('r', 1) } }))], [REUSED]],
    [
      'that differ in case only',
      [turn(1), turn(2, exchangeOf(2, { user: { id: id('u', 1).toUpperCase() } }))],
      [REUSED],
    ],
    ['that are the same in each answer', [turn(1), turn(2, exchangeOf(1)), turn(3, exchangeOf(1))], []],
  ])('%s', (_, turns, expected) => expect(judge(turns)).toEqual(expected));

  it('are judged with turns whose echo is as it should be only', () => {
    const again = exchangeOf(2, { user: { id: id('u', 1) }, reply: { id: id('r', 1) } });
    expect(judge([turn(1), turn(2, again)])).toEqual([REUSED]);
  });
});
