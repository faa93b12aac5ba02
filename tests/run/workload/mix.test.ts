import { describe, expect, it } from 'vitest';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { mixed } from '../../../scripts/run/workload/mix.ts';

const script = (id: string, language?: string, weight?: number): ConversationScript => ({
  id,
  turns: [{ content: id }],
  ...(language && { language }),
  ...(weight && { weight }),
});
const workload = {
  source: 'w.jsonl',
  sha256: 'of the file',
  conversations: [script('a', 'en', 3), script('b', 'en'), script('c', 'de', 2), script('d')] as [
    ConversationScript,
    ...ConversationScript[],
  ],
};
type Mix = NonNullable<Parameters<typeof mixed>[1]>;
const shares = (mix: Mix) => {
  const { conversations } = mixed(workload, mix);
  const total = conversations.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return Object.fromEntries(conversations.map(({ id, weight = 1 }) => [id, weight / total]));
};

describe('mixed', () => {
  it.each<[Mix, Record<string, number>]>([
    [{ scripts: { a: 1, c: 3 } }, { a: 0.25, c: 0.75 }],
    [{ scripts: { a: 1, c: 3, d: 0 } }, { a: 0.25, c: 0.75 }],
    [{ languages: { en: 1, de: 1 } }, { a: 0.375, b: 0.125, c: 0.5 }],
    [{ languages: { de: 0.1 } }, { c: 1 }],
    [
      { scripts: { a: 1, b: 1, c: 9 }, languages: { en: 3, de: 1 } },
      { a: 0.375, b: 0.375, c: 0.25 },
    ],
  ])('%j', (mix, expected) => {
    expect(shares(mix)).toEqual(expected);
  });

  it('is another workload than without it, and than that of another mix', () => {
    expect(mixed(workload, undefined)).toBe(workload);
    const hashes = [{ scripts: { a: 1 } }, { scripts: { a: 2 } }].map((mix) => mixed(workload, mix).sha256);
    expect(new Set([workload.sha256, ...hashes]).size).toBe(3);
  });

  it.each<[Mix, RegExp]>([
    [{ scripts: { aa: 1 } }, /\/mix\/scripts: the workload has no aa; did you mean a\?/],
    [{ languages: { fr: 1 } }, /\/mix\/languages: the workload has no fr/],
    [{ scripts: { a: 0 } }, /nothing would be sent/],
    [{ scripts: { a: 1 }, languages: { de: 1 } }, /nothing would be sent/],
    [{ scripts: { constructor: 1 } as never }, /has no constructor/],
  ])('refuses %j', (mix, message) => {
    expect(() => mixed(workload, mix)).toThrow(message);
  });
});
