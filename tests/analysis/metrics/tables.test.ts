import { describe, expect, it } from 'vitest';
import { plan, VIOLATION } from '../made-run.ts';
import { resultOf } from '../valid-result.ts';

describe('violations', () => {
  it('group by rule and template, each turn once, worst class first, the earliest as example', async () => {
    const critical = { ...VIOLATION, rule: 'foreign-reply', class: 'critical' as const };
    const result = await resultOf([
      { conversation: 3, atMs: 9_000, violations: [VIOLATION, VIOLATION] },
      { conversation: 2, atMs: 5_000, violations: [VIOLATION] },
      { conversation: 1, atMs: 7_000, violations: [critical] },
      { conversation: 0, atMs: 3_000 },
    ]);
    expect(result.violations.map(({ rule, count, example }) => [rule, count, example.conversation])).toEqual([
      ['foreign-reply', 1, 1],
      ['event-id-unique', 2, 2],
    ]);
    expect(result.violations[1]).toMatchObject({
      share: { k: 2, n: 4 },
      expected: { unique: true },
      observed: { type: 'string', sample: 'twice' },
    });
    expect(result.counts.withViolations).toBe(3);
  });
});

describe('violations of very many names', () => {
  const added = (name: string, place = 'body/*') => ({
    ...VIOLATION,
    rule: 'response-property-added',
    class: 'additive' as const,
    template: `#/responses/200/${place}/${name}`,
  });

  it('below one object are one', async () => {
    const turns = Array.from({ length: 30 }, (_, conversation) => ({
      conversation,
      violations: [added(`name${conversation}`), added(`other${conversation}`), VIOLATION],
    }));
    const { violations } = await resultOf([...turns, { conversation: 30, violations: [added('x', 'body/*/deep')] }]);
    expect(violations.map(({ rule, template, count }) => [rule, template, count])).toEqual([
      [VIOLATION.rule, VIOLATION.template, 30],
      ['response-property-added', '#/responses/200/body/*/*', 30],
      ['response-property-added', '#/responses/200/body/*/deep/x', 1],
    ]);
    expect(violations[1]?.observed).toEqual({
      type: 'object',
      sample: '60 names, such as name0, name1, name10',
    });
  });

  it('of as many objects are one, too', async () => {
    const turns = Array.from({ length: 61 }, (_, conversation) => ({
      conversation,
      violations: [added('same', `body/*/object${conversation}`)],
    }));
    const { violations } = await resultOf(turns);
    expect(violations).toMatchObject([{ template: '#/*', count: 61 }]);
  });

  it('are told one by one as long as they are few', async () => {
    const turns = Array.from({ length: 20 }, (_, conversation) => ({
      conversation,
      violations: [added(`name${conversation}`)],
    }));
    expect((await resultOf(turns)).violations).toHaveLength(20);
  });
});

describe('answers that nobody could read', () => {
  const unread = { ...VIOLATION, rule: 'content-encoding-unread', class: 'additive' as const };

  it('are no evidence of the contract', async () => {
    const gate = { metric: 'violations.count', op: '==', limit: 0 } as const;
    const all = await resultOf([{ violations: [unread] }, { conversation: 1, violations: [unread] }], plan([gate]));
    expect(all.counts).toMatchObject({ answered: 2, unread: 2, withViolations: 0 });
    expect(all.gates).toMatchObject([{ verdict: 'no-evidence', n: 0 }]);
    const some = await resultOf([{ violations: [unread] }, { conversation: 1 }], plan([gate]));
    expect(some.gates).toMatchObject([{ verdict: 'pass', n: 1 }]);
  });
});

describe('outcomes', () => {
  it('keep the words of k6 for what was no answer, those that differ by a number or a quote as one', async () => {
    const lost = (conversation: number, error: string) => ({ conversation, outcome: 'lost' as const, error });
    const { outcomes } = await resultOf([
      lost(0, 'malformed HTTP status code "there"'),
      lost(1, 'malformed HTTP status code "\\"here\\""'),
      lost(2, 'read tcp 127.0.0.1:51234: broken'),
      lost(3, 'read tcp 127.0.0.1:51235: broken'),
      lost(4, 'read tcp 127.0.0.1:51236: broken'),
      ...['a', 'b', 'c', 'd', 'e'].map((word, index) => lost(5 + index, `foreign ${word}`)),
      { conversation: 10, outcome: 'timed-out', errorCode: 1050 },
      { conversation: 11 },
    ]);
    expect(outcomes.map(({ outcome, errorCode, reasons }) => [outcome, errorCode, reasons?.length])).toEqual([
      ['lost', 1000, 5],
      ['answered', 0, undefined],
      ['timed-out', 1050, undefined],
    ]);
    expect(outcomes[0]?.reasons?.slice(0, 2)).toEqual([
      { text: 'read tcp 127.0.0.1:51234: broken', count: 3 },
      { text: 'malformed HTTP status code "there"', count: 2 },
    ]);
  });
});
