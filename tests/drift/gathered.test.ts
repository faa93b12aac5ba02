import { describe, expect, it } from 'vitest';
import type { Event } from '../../contracts/generated/event.ts';
import { fold } from '../../scripts/drift/fold.ts';
import { judgeRun } from '../../scripts/drift/judge/judge-run.ts';
import { exchangeOf, type Made, turn, viewOf } from './made-run.ts';

/** What is found of names; that made ids follow each other is found besides. */
const findings = (turns: readonly Made[]) => {
  const view = viewOf(turns.map((made) => [made]));
  const all = fold(judgeRun(view), view.run.probes).map(({ finding }) => finding);
  return all.filter(({ rule }) => rule === 'response-property-added');
};

/** A turn whose events have these properties, too. */
const withNames = (number: number, names: readonly string[]): Made =>
  turn(
    number,
    exchangeOf(number).map((event) => ({ ...event, ...Object.fromEntries(names.map((name) => [name, 1])) })) as Event[],
  );

const word = (number: number): string => `n${[...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;
const words = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => word(from + index));

describe('names that no two answers share', () => {
  it('are one finding of every answer that has some', () => {
    const turns = Array.from({ length: 90 }, (_, number) => withNames(number + 1, words(10 * number, 10)));
    const [finding, ...others] = findings(turns);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'response-property-added',
      template: '#/responses/200/body/*/*',
      observed: { type: 'object', sample: '900 names, such as na, nb, nba' },
      frequency: { k: 90, n: 90 },
    });
  });

  it('have the id of those of one answer that has as many', () => {
    const many = Array.from({ length: 30 }, (_, number) => withNames(number + 1, [word(number)]));
    const [a] = findings(many);
    const [b] = findings([withNames(1, words(0, 300))]);
    expect(a?.id).toBe(b?.id);
    expect(b?.observed.sample).toMatch(/^300 unknown names, such as na, nb, nc/);
  });

  it('are as many findings as there are, while they are few', () => {
    const turns = Array.from({ length: 20 }, (_, number) => withNames(number + 1, [word(number)]));
    expect(findings(turns)).toHaveLength(20);
  });

  it('are one finding where ids make them', () => {
    const turns = Array.from({ length: 5 }, (_, number) => withNames(number + 1, [`customer_${48_151_623 + number}`]));
    expect(findings(turns)).toMatchObject([{ template: '#/responses/200/body/*/customer_*', frequency: { k: 5 } }]);
  });
});
