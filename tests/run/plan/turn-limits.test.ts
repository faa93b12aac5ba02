import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { EXIT } from '../../../scripts/foundation/exit-codes.ts';
import { nonEmpty } from '../../../scripts/foundation/non-empty.ts';
import type { ConfigFlags } from '../../../scripts/run/config/load.ts';
import { makePlan } from '../../../scripts/run/plan/make-plan.ts';
import { budget, countTurns } from '../../../scripts/run/plan/turn-budget.ts';
import { turnLimitsOf } from '../../../scripts/run/plan/turn-limits.ts';
import { planInput } from './sample-input.ts';

const script = (id: string, roles: string): ConversationScript => ({
  id,
  turns: nonEmpty(
    [...roles].map((role) => ({ content: 'x', role: role === 'u' ? ('user' as const) : ('agent' as const) })),
  ),
});
const USERS = [script('a', 'uau')];
const PRICE = { perTurn: 0.1 };
const base = { retryOnce: false };

describe('turnLimitsOf', () => {
  it.each([
    ['no limit', {}, { turns: undefined, users: undefined }],
    ['turns', { maxTurns: 7 }, { turns: 7, users: undefined }],
    ['half of them where each may be sent twice', { maxTurns: 7, retryOnce: true }, { turns: 3, users: undefined }],
    ['money', { maxCost: 1, price: PRICE }, { turns: undefined, users: 10 }],
    ['money that falls short of another turn', { maxCost: 0.39, price: PRICE }, { turns: undefined, users: 3 }],
    ['money that binary fractions cannot show', { maxCost: 0.3, price: PRICE }, { turns: undefined, users: 3 }],
    [
      'money, where each may be sent twice',
      { maxCost: 0.5, price: PRICE, retryOnce: true },
      { turns: undefined, users: 2 },
    ],
    ['money, where turns cost nothing', { maxCost: 1, price: { perTurn: 0 } }, { turns: undefined, users: undefined }],
  ])('%s', (_what, limits, expected) => {
    expect(turnLimitsOf({ ...base, ...limits }, USERS)).toEqual(expected);
  });

  it('takes no limit on money for one where nothing said costs any', () => {
    expect(turnLimitsOf({ ...base, maxCost: 1, price: PRICE }, [script('a', 'aa')]).users).toBeUndefined();
  });

  it('refuses a limit on money where no price is known', () => {
    expect(() => turnLimitsOf({ ...base, maxCost: 1 }, USERS)).toThrow(
      expect.objectContaining({ exitCode: EXIT.refused }),
    );
  });
});

const scripts = fc
  .array(fc.string({ unit: fc.constantFrom('u', 'a'), minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 })
  .map((all) => all.map((roles, index) => script(`s${index}`, roles)));

describe('budget', () => {
  it('keeps both limits, and leaves no room that the next turn would have fitted', () => {
    const limit = fc.option(fc.nat({ max: 40 }), { nil: undefined });
    fc.assert(
      fc.property(scripts, fc.nat({ max: 1_000 }), limit, limit, (said, seed, turns, users) => {
        const of = { seed, strategy: 'discover' as const, scripts: said };
        const all = budget(of, 30);
        const some = budget(of, 30, { turns, users });
        expect(some.turns).toBeLessThanOrEqual(turns ?? Number.POSITIVE_INFINITY);
        expect(some.users).toBeLessThanOrEqual(users ?? Number.POSITIVE_INFINITY);
        if (some.turns === all.turns) return;
        // One turn more is one more of either.
        const isFull = some.turns === turns || some.users === users;
        expect(isFull).toBe(true);
      }),
    );
  });
});

describe('a plan under a limit on money', () => {
  const plan = async (flags: ConfigFlags) => {
    const input = await planInput({ flags });
    return makePlan({ ...input, config: { ...input.config, price: { perTurn: 0.05 } } });
  };

  it.each([{}, { concurrency: 3 }])('sends user turns of no more than that: %j', async (load) => {
    expect(countTurns(await plan({ ...load, maxCost: 2 }))?.users).toBe(40);
  });

  it.each([{}, { concurrency: 3 }])('says so where not one turn fits: %j', async (load) => {
    await expect(plan({ ...load, maxCost: 0.01 })).rejects.toThrow(
      /--max-cost 0.01 is less than the price of one user turn \(0.05\)/,
    );
  });
});
