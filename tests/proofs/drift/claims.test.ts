import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../../scripts/proofs/drift/claims.ts';
import type { Outcome } from '../../../scripts/proofs/drift/outcome.ts';

const RIGHT = {
  rule: 'response-property-type-changed',
  class: 'breaking',
  template: '#/responses/200/body/*/createdAt',
};
const SOFT = { rule: 'reply-constant', class: 'statistical', template: '#/responses/200/body/*/message' };

function outcomes(part: Outcome['part'], count: number, findings: Outcome['findings']): Outcome[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `${part} ${index}`,
    part,
    ids: ['M019'],
    rate: 1,
    seed: index,
    budget: 'smoke',
    on: [],
    revision: 'r',
    findings,
    problems: [],
    acted: 1,
    requests: 1,
    wallMs: 1,
    cpuSeconds: 1,
  }));
}

const NONE = { sure: 0, strange: 0, distributions: 0, allowed: 0, rare: 0, legal: 0 };
const unmet = (list: Outcome[], planned: Partial<typeof NONE>): string[] =>
  claimsOf(list, { ...NONE, ...planned })
    .filter(({ met }) => !met)
    .map(({ name }) => name);

describe('the claims of the proof', () => {
  it('are met where everything is right', () => {
    const list = [...outcomes('sure', 3, [RIGHT]), ...outcomes('rare', 20, [RIGHT]), ...outcomes('legal', 200, [])];
    expect(unmet(list, { sure: 3, rare: 20, legal: 200 })).toEqual([]);
  });

  it('are not met by trials that were never run', () => {
    expect(unmet(outcomes('sure', 2, [RIGHT]), { sure: 3 })).toHaveLength(3);
    expect(unmet([], { rare: 20 })).toHaveLength(2);
  });

  it.each([
    ['nothing', [], 3],
    ['another class', [{ ...RIGHT, class: 'behavioural' }], 2],
    ['another place', [{ ...RIGHT, template: '#/readback/id' }], 1],
    ['two findings', [RIGHT, RIGHT], 1],
  ])('are not met where a drift is found as %s', (_, findings, count) => {
    expect(unmet(outcomes('sure', 1, findings), { sure: 1 })).toHaveLength(count);
  });

  it('ask for 17 of 20 of each operator, and for 98.2 % of all', () => {
    const other = (list: Outcome[]): Outcome[] => list.map((one) => ({ ...one, ids: ['M022'] }));
    const many = other(outcomes('rare', 200, [RIGHT]));
    const trials = (found: number) => [
      ...many,
      ...outcomes('rare', found, [RIGHT]),
      ...outcomes('rare', 20 - found, []),
    ];
    expect(unmet(trials(17), { rare: 220 })).toEqual([]);
    expect(unmet(trials(16), { rare: 220 })).toHaveLength(2);
  });

  it('allow six soft findings in 200 legal runs, and no other', () => {
    const legal = (soft: number) => [...outcomes('legal', soft, [SOFT]), ...outcomes('legal', 200 - soft, [])];
    expect(unmet(legal(6), { legal: 200 })).toEqual([]);
    expect(unmet(legal(7), { legal: 200 })).toEqual(['legal variations: no soft finding']);
    const accused = [...outcomes('legal', 1, [RIGHT]), ...outcomes('legal', 199, [])];
    expect(unmet(accused, { legal: 200 })).toEqual(['legal variations: no finding']);
  });
});
