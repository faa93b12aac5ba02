import { describe, expect, it } from 'vitest';
import { judgeClock } from '../../../../scripts/drift/judge/turns/judge-clock.ts';
import { continued, exchangeOf, lines, type Made, NOW, turn, viewOf } from '../../made-run.ts';

const judge = (chains: readonly (readonly Made[])[]): string[] => {
  const { chains: views } = viewOf(chains);
  return lines(
    judgeClock(
      views.flatMap(({ turns }) => turns),
      views,
    ),
  );
};
const at = (number: number, sent: number, createdAt: number): Made =>
  turn(number, exchangeOf(number, { user: { createdAt }, reply: { createdAt } }), { at: sent });
const noted = (number: number, sent: number, createdAt: number): Made => {
  const { step } = turn(number);
  const role = 'agent' as const;
  const said = { ...step, turn: { ...(step.turn as NonNullable<typeof step.turn>), role } };
  const [stored] = exchangeOf(number, { user: { role, createdAt } });
  return { step: said, body: [stored], at: sent };
};
const FROZEN = 'timestamp-frozen #/responses/200/body/*/createdAt';

describe('the clock of events', () => {
  it.each<[string, Made[], string[]]>([
    ['that goes on', [at(1, 0, NOW), at(2, 1_000, NOW + 1_000), at(3, 2_000, NOW + 2_000)], []],
    ['that tells seconds', [1, 2, 3, 4, 5].map((n) => at(n, n * 300, n < 4 ? NOW : NOW + 1_000)), []],
    ['that tells seconds and stands still', [at(1, 0, NOW), at(2, 2_000, NOW), at(3, 4_000, NOW)], [FROZEN, FROZEN]],
    ['that two turns at once share', [at(1, 0, NOW), at(2, 50, NOW), at(3, 90, NOW)], []],
    [
      'that two replicas share by chance',
      [at(1, 0, NOW), at(2, 2_000, NOW), ...[3, 4, 5].map((n) => at(n, n * 1_000, NOW + n))],
      [],
    ],
    ['that is the same at three instants', [at(1, 0, NOW), at(2, 1_000, NOW), at(3, 2_000, NOW)], [FROZEN, FROZEN]],
    [
      'that stands still for customers, among as many notes of colleagues',
      [
        ...[1, 2, 3].map((n) => at(n, n < 3 ? n : 400, NOW)),
        ...[4, 5, 6, 7].map((n) => noted(n, 400 + n, NOW + 400 + n)),
      ],
      [FROZEN],
    ],
    ['that is the same further apart than clocks are', [at(1, 0, NOW), at(2, 9_000, NOW)], [FROZEN]],
  ])('%s', (_, turns, expected) => expect(judge(turns.map((one) => [one]))).toEqual(expected));

  it.each([
    ['as much as clocks differ', NOW + 1 - 5_000, []],
    ['further than clocks differ', NOW + 1 - 5_001, ['sequence-timestamp-order #/sequence/1→2/createdAt']],
  ])('that goes back within a conversation, %s', (_, createdAt, expected) => {
    const second = exchangeOf(2, { user: { createdAt }, reply: { createdAt } });
    expect(judge([[turn(1), continued(2, second)]])).toEqual(expected);
  });
});
