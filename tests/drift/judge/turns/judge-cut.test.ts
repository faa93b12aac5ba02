import { describe, expect, it } from 'vitest';
import { judgeCut } from '../../../../scripts/drift/judge/turns/judge-cut.ts';
import { exchangeOf, lines, turn, viewOf } from '../../made-run.ts';

const WHOLE = [
  'Your order page shows where the parcel is right now.',
  'You can return anything within 30 days. Shall I start?',
  'All invoices are under Account, Billing, in the settings.',
  'Refunds reach your account five working days after that.',
  "You're welcome!",
];

const judge = (replies: readonly string[]): string[] => {
  const turns = replies.map((message, index) => [turn(index, exchangeOf(index, { reply: { message } }))]);
  return lines(judgeCut(viewOf(turns).chains.flatMap((chain) => chain.turns)));
};
const at = (length: number) => WHOLE.map((text) => text.slice(0, length));

describe('replies', () => {
  it.each([
    ['that are whole', WHOLE, 0],
    ['that all stop at the same character', at(30), 4],
    [
      'that all stop there, with an ellipsis',
      WHOLE.map((text) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)),
      4,
    ],
    ['of which two do', at(54), 0],
    ['that stop at a character at which short texts end, too', at(15), 0],
    ['of one text with other numbers', [1, 2, 3, 4].map((n) => `Your ticket has the number ${n}`), 0],
    ['that are padded to some size', WHOLE.map((text) => text.padEnd(50_000, ' and more of the same')), 0],
    [
      'with a block of code at their end, as long as each other by chance',
      ['Of course, why not?', 'Certainly, it is!!!', 'Tomorrow, at noon.?'].map(
        (text) => `${text}\n\n\`\`\`json\n{"error": null}\n\`\`\``,
      ),
      0,
    ],
    [
      'that are as long as each other by chance',
      ['Of course, why not?', 'Certainly, it is!!!', 'Tomorrow, at noon.?'],
      0,
    ],
  ])('%s', (_, replies, count) => {
    expect(judge(replies)).toEqual(Array(count).fill('reply-cut #/responses/200/body/*/message'));
  });
});
