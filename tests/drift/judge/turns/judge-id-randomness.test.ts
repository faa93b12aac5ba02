import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { judgeConversationIds, judgeIdRandomness } from '../../../../scripts/drift/judge/turns/judge-id-randomness.ts';
import { conversation, exchangeOf, found as listed, NOW, page, turn, viewOf } from '../../made-run.ts';

const hex = (value: number | bigint, digits: number): string => value.toString(16).padStart(digits, '0');
const dashed = (text: string): string => text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const random = (digits: number): string => `${randomUUID()}${randomUUID()}`.replaceAll('-', '').slice(0, digits);

const isFound = (idOf: (n: number) => string, turns = 12): boolean => {
  const chains = Array.from({ length: turns }, (_, at) => [
    turn(at, exchangeOf(at, { user: { id: idOf(2 * at) }, reply: { id: idOf(2 * at + 1) } })),
  ]);
  return judgeIdRandomness(viewOf(chains).chains.flatMap((chain) => chain.turns)).length > 0;
};

describe('ids', () => {
  it.each<[string, (n: number) => string]>([
    ['of version 4', () => randomUUID()],
    ['in upper case', () => randomUUID().toUpperCase()],
    ['of version 7', (n) => dashed(`${hex(NOW + n * 40, 12)}7${random(3)}9${random(15)}`)],
    ['of version 7 within one ms', () => dashed(`${hex(NOW, 12)}7${random(3)}9${random(15)}`)],
    ['of version 7 with a counter', (n) => dashed(`${hex(NOW, 12)}7${hex(n, 3)}9${random(15)}`)],
    ['of version 1, as it is defined', (n) => dashed(`${hex(NOW + n, 8)}11ef1abc9def0242ac120002`)],
  ])('%s are not accused, in 200 checks', (_, idOf) => {
    for (let check = 0; check < 200; check++) expect(isFound(idOf)).toBe(false);
  });

  it.each<[string, (n: number) => string]>([
    ['count', (n) => dashed(`5f3a9c017be24d188000${hex(n, 12)}`)],
    ['count in front', (n) => dashed(`${hex(n, 8)}7be24d1880005f3a9c017be2`)],
    ['are times', (n) => dashed(`${hex(BigInt(NOW + n * 37) * 1000n, 20)}`.padEnd(32, '0'))],
    ['are a few apart', (n) => dashed(`a1b2c3d4e5f6471880${hex(1_000_000 + 7_919 * n, 14)}`)],
    [
      'of replies follow from those of questions',
      (() => {
        let last = 0n;
        return (n: number) => {
          last = n % 2 === 0 ? BigInt(`0x${random(31)}0`) : last + 1n;
          return dashed(hex(last, 32));
        };
      })(),
    ],
    ['have eight random digits', () => dashed(`${random(8)}7be24d1880005f3a9c017be2`)],
  ])('that %s are found', (_, idOf) => expect(isFound(idOf)).toBe(true));

  it('too few to tell are not judged', () => {
    expect(isFound((n) => dashed(`5f3a9c017be24d188000${hex(n, 12)}`), 7)).toBe(false);
  });
});

describe('ids of conversations', () => {
  const sightings = (idOf: (n: number) => string, count: number) => {
    const body = page(Array.from({ length: count }, (_, n) => conversation(n, [], { id: idOf(n) })));
    // Two listings of the same conversations are no further evidence.
    return judgeConversationIds(viewOf([[listed(body), listed(body)]]).sound);
  };
  const counted = (n: number): string => dashed(`5f3a9c017be24d188000${hex(n, 12)}`);

  it('that count are found, at their place', () => {
    expect(sightings(counted, 20).map(({ rule, template }) => `${rule} ${template}`)).toEqual(
      Array(20).fill('event-id-predictable #/responses/200/body/interactions/*/id'),
    );
  });

  it.each<[string, (n: number) => string, number]>([
    ['random ones', () => randomUUID(), 20],
    ['few', counted, 15],
  ])('%s are not accused', (_, idOf, count) => expect(sightings(idOf, count)).toEqual([]));
});
