import { describe, expect, it } from 'vitest';
import { userChains } from '../../../scripts/drift/plan/user-chains.ts';

const turnsOf = (userTurns: number, seed = 1) =>
  userChains({ seed, botId: 'agent', run: 7, userTurns }).map((steps) =>
    steps.flatMap(({ turn }) => (turn === undefined ? [] : [turn])),
  );

describe('conversations of user turns', () => {
  it.each([1, 2, 11, 12, 13, 90, 459])('spend a budget of %i turns exactly', (userTurns) => {
    expect(turnsOf(userTurns).flat()).toHaveLength(userTurns);
  });

  it('start with each class of contents in the smoke budget', () => {
    expect(turnsOf(12).map((turns) => turns.length)).toEqual([3, 1, 2, 1, 2, 1, 1, 1]);
  });

  it('ask for what the first turn stated, one and two turns later', () => {
    const asked = turnsOf(90).flatMap((turns) => {
      const at = turns.findIndex(({ recalls }) => recalls !== undefined);
      return at < 0 ? [] : [{ at, stated: turns[0]?.content, ...turns[at] }];
    });
    expect(asked.map(({ at }) => at).slice(0, 5)).toEqual([2, 1, 1, 2, 2]);
    expect(asked.filter(({ at }) => at === 2).length).toBeGreaterThanOrEqual(19);
    for (const { stated, content, recalls = '' } of asked) {
      expect(stated).toContain(`My reference number is ${recalls}.`);
      expect(content).not.toContain(recalls);
    }
  });

  it('state another fact in each conversation, and in each check', () => {
    const facts = [1, 2, 3].flatMap((seed) =>
      turnsOf(90, seed)
        .flat()
        .flatMap(({ recalls = [] }) => recalls),
    );
    expect(new Set(facts).size).toBeGreaterThan(0.98 * facts.length);
  });
});
