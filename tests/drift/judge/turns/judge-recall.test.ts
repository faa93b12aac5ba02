import { describe, expect, it } from 'vitest';
import { judgeRecall } from '../../../../scripts/drift/judge/turns/judge-recall.ts';
import { turnStep } from '../../../../scripts/drift/plan/steps.ts';
import { exchangeOf, lines, type Made, turn, viewOf } from '../../made-run.ts';

const asks = (number: number, recalls: string | undefined, message: string): Made => ({
  ...turn(number, exchangeOf(number, { reply: { message } })),
  step: turnStep(
    'C',
    'continued-conversation',
    { role: 'user', content: `Question ${number}.`, continued: true, ...(recalls !== undefined && { recalls }) },
    {},
  ),
});

const judge = (recalls: string | undefined, message: string): string[] => {
  const view = viewOf([[asks(1, recalls, message)], [asks(2, '22222', 'It is 22222.')]]);
  return lines(
    judgeRecall(
      view.run.plan,
      view.chains.flatMap(({ turns }) => turns),
    ),
  );
};

describe('a reply that is asked for the number of its customer', () => {
  it.each([
    ['names it', '11111', 'It is 11111.', 0],
    ['names that of another customer', '11111', 'It is 22222.', 1],
    ['names another one', '11111', 'It is 33333.', 0],
    ['names none', '11111', 'I do not know.', 0],
    ['names a longer number', '11111', 'It is 222222.', 0],
    ['was not asked for one', undefined, 'Order 22222 left.', 0],
  ])('%s', (_, recalls, message, count) => {
    expect(judge(recalls, message)).toEqual(Array(count).fill('foreign-fact-shown #/responses/200/body/*/message'));
  });
});
